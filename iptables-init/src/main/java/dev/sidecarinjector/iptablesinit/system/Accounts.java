package dev.sidecarinjector.iptablesinit.system;

import java.util.OptionalLong;

/** The account database, as far as it is a file: a container has no other. */
public final class Accounts {
    private Accounts() {}

    /** The user of a name in {@code /etc/passwd}. */
    public static OptionalLong userId(String name) {
        return userId(name, TextFiles.readOrEmpty("/etc/passwd"));
    }

    /** The third field of the line whose first is the name; where it is no number, there is no such user. */
    static OptionalLong userId(String name, String passwd) {
        boolean isName = !name.isEmpty() && name.indexOf(':') < 0;
        int start = 0;
        while (start < passwd.length()) {
            int newline = passwd.indexOf('\n', start);
            int end = newline < 0 ? passwd.length() : newline;
            if (isName && passwd.startsWith(name + ":", start)) {
                String[] fields = passwd.substring(start, end).split(":", 4);
                try {
                    return fields.length < 4 ? OptionalLong.empty() : OptionalLong.of(Integer.parseUnsignedInt(fields[2]) & 0xffff_ffffL);
                } catch (NumberFormatException _) {
                    return OptionalLong.empty();
                }
            }
            start = end + 1;
        }
        return OptionalLong.empty();
    }
}
