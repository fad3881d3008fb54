package dev.sidecarinjector.capture.settings;

import dev.sidecarinjector.capture.address.Cidr;
import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.settings.Surroundings.TextFile;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Lists of prefixes, from a flag and from a file (spec section 2.6). */
final class CidrLists {
    private final GivenValues given;
    private final Function<String, TextFile> files;
    private final Findings findings;

    CidrLists(GivenValues given, Function<String, TextFile> files, Findings findings) {
        this.given = given;
        this.files = files;
        this.findings = findings;
    }

    /** The wildcard counts only where it stands alone. */
    Selection<Cidr> included() {
        boolean all = given.text(Setting.SERVICE_CIDR).equals("*");
        return new Selection<>(all, all ? List.of() : list(Setting.SERVICE_CIDR, Setting.SERVICE_CIDR_FILE));
    }

    List<Cidr> excluded() {
        if (given.text(Setting.SERVICE_EXCLUDE_CIDR).equals("*")) {
            findings.problem("invalid value for OUTBOUND_IP_RANGES_EXCLUDE", Setting.SERVICE_EXCLUDE_CIDR.label(),
                    "give prefixes; to capture nothing outbound leave " + Setting.SERVICE_CIDR.label() + " empty");
            return List.of();
        }
        return list(Setting.SERVICE_EXCLUDE_CIDR, Setting.SERVICE_EXCLUDE_CIDR_FILE);
    }

    private List<Cidr> list(Setting flag, Setting file) {
        List<Cidr> cidrs = new ArrayList<>();
        given.list(flag).forEach(item -> add(cidrs, item, flag.label()));
        String path = given.text(file);
        if (!path.isEmpty()) {
            switch (files.apply(path)) {
                case TextFile.Unreadable(String reason) -> findings.problem("failed to load " + path + ": " + reason, file.label(),
                        "name a file with prefixes, separated by commas or white space");
                case TextFile.Content(String text) -> items(text).forEach(item -> add(cidrs, item, path));
            }
        }
        return List.copyOf(cidrs);
    }

    /** Items of a file; a {@code #} starts a remark. */
    private static List<String> items(String text) {
        List<String> items = new ArrayList<>();
        int start = 0;
        boolean remark = false;
        for (int i = 0; i <= text.length(); i++) {
            char letter = i < text.length() ? text.charAt(i) : '\n';
            if (letter == ',' || letter == '#' || Character.isWhitespace(letter)) {
                if (i > start && !remark) {
                    items.add(text.substring(start, i));
                }
                start = i + 1;
                remark = letter == '#' || (remark && letter != '\n' && letter != '\r');
            }
        }
        return items;
    }

    private void add(List<Cidr> cidrs, String item, String where) {
        Cidr cidr = Cidr.parse(item);
        if (cidr == null) {
            findings.problem("\"" + item + "\" is not a prefix", where,
                    "write address/length, such as 10.0.0.0/8, without blanks and zones");
        } else {
            cidrs.add(cidr);
        }
    }

    /** Says which prefixes can have no effect. */
    void warnOfUnused(String where, List<Cidr> cidrs, boolean ipv6) {
        if (!ipv6 && cidrs.stream().anyMatch(cidr -> cidr.family() == Family.IPV6)) {
            findings.warning("the list has IPv6 prefixes, but no rules for IPv6 are made", where, "give --dual-stack if the pod has IPv6");
        }
    }
}
