package dev.sidecarinjector.iptablesinit.system;

import dev.sidecarinjector.capture.state.Names;
import java.util.OptionalLong;

/** Users, groups and services in the files of the container, which are read where a rule has a name instead of a number. */
public final class NumbersOfNames implements Names {
    @Override
    public OptionalLong number(Kind kind, String name) {
        if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
            return OptionalLong.empty();
        }
        return switch (kind) {
            case USER -> Accounts.userId(name);
            case GROUP -> Accounts.userId(name, TextFiles.readOrEmpty("/etc/group"));
            case SERVICE -> service(name, TextFiles.readOrEmpty("/etc/services"));
        };
    }

    /** Lines of {@code http  80/tcp  www  # remark}. */
    static OptionalLong service(String name, String services) {
        for (String line : services.split("\n", -1)) {
            String[] words = line.split("#", 2)[0].strip().split("[ \t]+", -1);
            if (words.length < 2 || !words[1].endsWith("/tcp")) {
                continue;
            }
            for (int i = 0; i < words.length; i++) {
                if (i != 1 && words[i].equals(name)) {
                    return OptionalLong.of(Long.parseLong(words[1].substring(0, words[1].length() - "/tcp".length())));
                }
            }
        }
        return OptionalLong.empty();
    }
}
