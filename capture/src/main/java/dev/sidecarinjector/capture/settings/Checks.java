package dev.sidecarinjector.capture.settings;

import dev.sidecarinjector.capture.address.Cidr;
import dev.sidecarinjector.capture.address.Family;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values that the kernel, or its tools, would refuse when half of the rules are loaded are refused here, before anything is changed. */
final class Checks {
    private static final int MOST_GROUPS = 64;
    private static final int LONGEST_INTERFACE = 15;
    private static final long LARGEST_OWNER = 0xffff_fffeL;

    private final GivenValues given;
    private final Findings findings;

    /** What is no number; made where one is given only. */
    private static final class Shapes {
        static final Pattern PORTS = Pattern.compile("(\\d{1,5})(?:[:-](\\d{1,5}))?");
        static final Pattern SERVICE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9+._-]*");
        static final Pattern OWNERS = Pattern.compile("\\d{1,10}(-\\d{1,10})?|[A-Za-z_][A-Za-z0-9_.-]*\\$?");
        static final Pattern MARK = Pattern.compile("(0[xX][0-9a-fA-F]{1,8}|\\d{1,10})");

        private Shapes() {}
    }

    Checks(GivenValues given, Findings findings) {
        this.given = given;
        this.findings = findings;
    }

    /** Everything but addresses. */
    void run() {
        binary();
        groups();
        for (Setting setting : List.of(Setting.ENVOY_PORT, Setting.INBOUND_CAPTURE_PORT, Setting.INBOUND_TUNNEL_PORT)) {
            port(setting, given.text(setting));
        }
        for (Setting setting : List.of(Setting.INBOUND_PORTS, Setting.LOCAL_EXCLUDE_PORTS, Setting.OUTBOUND_PORTS,
                Setting.LOCAL_OUTBOUND_PORTS_EXCLUDE)) {
            if (setting != Setting.INBOUND_PORTS || !given.text(setting).equals("*")) {
                given.list(setting).forEach(text -> port(setting, text));
            }
        }
        given.list(Setting.PROXY_UID).forEach(text -> owner(Setting.PROXY_UID, text));
        if (!given.text(Setting.PROXY_GID).equals(given.text(Setting.PROXY_UID))) {
            given.list(Setting.PROXY_GID).forEach(text -> owner(Setting.PROXY_GID, text));
        }
        if (!given.text(Setting.OWNER_GROUPS).equals("*")) {
            given.list(Setting.OWNER_GROUPS).forEach(text -> owner(Setting.OWNER_GROUPS, text));
        }
        given.list(Setting.OWNER_GROUPS_EXCLUDE).forEach(text -> owner(Setting.OWNER_GROUPS_EXCLUDE, text));
        interfaces(Setting.EXCLUDE_INTERFACES);
        interfaces(Setting.KUBE_VIRT_INTERFACES);
        mode();
    }

    private void binary() {
        String forced = given.text(Setting.FORCE_IPTABLES_BINARY);
        if (!List.of("", "legacy", "nft").contains(forced)) {
            findings.problem("invalid FORCE_IPTABLES_BINARY value \"" + forced + "\"", Setting.FORCE_IPTABLES_BINARY.label(),
                    "give legacy, nft, or nothing");
        }
    }

    private void groups() {
        int count = given.text(Setting.OWNER_GROUPS).equals("*") ? 0 : given.list(Setting.OWNER_GROUPS).size();
        if (count > MOST_GROUPS) {
            findings.problem("number of owner groups whose outgoing traffic should be redirected is " + count + ", the maximum is "
                    + MOST_GROUPS, Setting.OWNER_GROUPS.label(), "write neighbours as a range, such as 1000-1010");
        } else if (count > 0 && !given.bool(Setting.NATIVE_NFTABLES)
                && OwnerGroups.loadable(given.list(Setting.OWNER_GROUPS)).size() > OwnerGroups.MOST_IN_IPTABLES) {
            findings.problem("iptables cannot load a rule with more than " + OwnerGroups.MOST_IN_IPTABLES + " owner groups",
                    Setting.OWNER_GROUPS.label(), "write neighbours as a range, such as 1000-1010, or give --native-nftables");
        }
    }

    /** IPv4 loopback of 8 to 32 bits. Null after a problem. */
    @Nullable
    Cidr loopback() {
        String text = given.text(Setting.LOOPBACK_CIDR);
        Cidr cidr = Cidr.parse(text);
        if (cidr == null || cidr.family() != Family.IPV4 || !cidr.address().isLoopback() || cidr.length() < 8) {
            findings.problem("\"" + text + "\" is not an IPv4 loopback prefix", Setting.LOOPBACK_CIDR.label(),
                    "give a prefix within 127.0.0.0/8, such as 127.0.0.1/32");
            return null;
        }
        return cidr;
    }

    private void port(Setting setting, String text) {
        if (isNumber(text, 5) && Integer.parseInt(text) <= 65535) {
            return;
        }
        // A blank around an item has always been accepted.
        var ports = Shapes.PORTS.matcher(text.strip());
        boolean number = ports.matches();
        String last = number ? ports.group(2) : null;
        boolean good = number
                ? Integer.parseInt(ports.group(1)) <= 65535
                        && (last == null || (Integer.parseInt(last) <= 65535 && Integer.parseInt(last) >= Integer.parseInt(ports.group(1))))
                : Shapes.SERVICE.matcher(text.strip()).matches() && !text.strip().chars().allMatch(Character::isDigit);
        if (!good) {
            findings.problem("\"" + text + "\" is not a port", setting.label(),
                    "give a number from 0 to 65535, a range such as 8000-8100, or a service's name" + (text.equals("*")
                            ? "; * stands alone or not at all"
                            : ""));
        }
    }

    private void owner(Setting setting, String text) {
        if (isNumber(text, 10) && Long.parseLong(text) <= LARGEST_OWNER) {
            return;
        }
        boolean good = Shapes.OWNERS.matcher(text.strip()).matches();
        if (good && Character.isDigit(text.strip().charAt(0))) {
            for (String number : text.strip().split("-", -1)) {
                good &= Long.parseLong(number) <= LARGEST_OWNER;
            }
        }
        if (!good) {
            findings.problem("\"" + text + "\" is neither a number nor a name of an account", setting.label(),
                    "give numbers up to 4294967294, ranges such as 1000-1010, or names");
        }
    }

    private void interfaces(Setting setting) {
        for (String name : given.list(setting)) {
            if (name.length() > LONGEST_INTERFACE || name.isBlank() || name.strip().contains(" ")) {
                findings.problem("\"" + name + "\" is not a name of an interface", setting.label(),
                        "names have 1 to 15 characters, no blanks");
            } else if (name.endsWith("*") != given.bool(Setting.NATIVE_NFTABLES) && (name.endsWith("*") || name.endsWith("+"))) {
                findings.warning("\"" + name + "\" names one interface of exactly this name", setting.label(),
                        "to match a prefix write eth+ for iptables, eth* for native nftables");
            }
        }
    }

    private void mode() {
        String mode = given.text(Setting.INTERCEPTION_MODE);
        if (!List.of("", "REDIRECT", "NONE", "TPROXY").contains(mode)) {
            findings.warning("\"" + mode + "\" means REDIRECT", Setting.INTERCEPTION_MODE.label(),
                    mode.equalsIgnoreCase("TPROXY") ? "write TPROXY in capitals" : "give REDIRECT or TPROXY");
        }
        if (mode.equals("TPROXY")) {
            marks();
        }
    }

    /** The mark is also a routing rule's, which knows decimal numbers only. */
    private void marks() {
        boolean routed = !given.text(Setting.INBOUND_PORTS).isEmpty();
        String mark = given.text(Setting.TPROXY_MARK);
        if (routed ? !isDecimal(mark) : !Shapes.MARK.matcher(mark).matches()) {
            findings.problem("\"" + mark + "\" is not a decimal number", Setting.TPROXY_MARK.label(), "give a number such as 1337");
        }
        String table = given.text(Setting.TPROXY_ROUTE_TABLE);
        if (routed && !isDecimal(table)) {
            findings.problem("\"" + table + "\" is not a decimal number", Setting.TPROXY_ROUTE_TABLE.label(), "give a number such as 133");
        }
    }

    private static boolean isDecimal(String text) {
        return isNumber(text, 10) && Long.parseLong(text) <= 0xffff_ffffL;
    }

    private static boolean isNumber(String text, int longest) {
        return GoText.isNumber(text, text.length(), longest);
    }
}
