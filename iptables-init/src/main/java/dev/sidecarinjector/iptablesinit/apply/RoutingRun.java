package dev.sidecarinjector.iptablesinit.apply;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.Routing;
import dev.sidecarinjector.capture.rules.Routing.LocalRoute;
import dev.sidecarinjector.capture.rules.Routing.LoopbackAddress;
import dev.sidecarinjector.capture.rules.Routing.MarkRule;
import dev.sidecarinjector.capture.settings.Surroundings.LocalAddress;
import dev.sidecarinjector.iptablesinit.log.Log;
import dev.sidecarinjector.iptablesinit.system.Child.Result;
import dev.sidecarinjector.iptablesinit.system.SearchPath;
import java.util.List;
import java.util.Map;

/**
 * The address {@code ::6} and the routes for marked packets (spec section 6): one process for each family that needs something. What is there already stays as it
 * is; since rules have a fixed priority, the kernel refuses a second one.
 */
public final class RoutingRun {
    private static final String SIX = "0000:0000:0000:0000:0000:0000:0000:0006";
    private static final String EXISTS = "File exists";
    /** So many copies of a rule are removed at most. */
    private static final int DUPLICATES = 16;

    private final Log log;
    private final SearchPath path;

    public RoutingRun(Log log, SearchPath path) {
        this.log = log;
        this.path = path;
    }

    /** Adds what is missing. */
    public void add(Routing routing, List<LocalAddress> addresses) throws Refused {
        for (Family family : Family.values()) {
            StringBuilder lines = new StringBuilder();
            for (LoopbackAddress address : routing.addresses()) {
                if (address.address().family() == family && !isThere(addresses)) {
                    lines.append("addr add ").append(address.words()).append('\n');
                }
            }
            for (MarkRule rule : routing.rules()) {
                if (rule.family() == family) {
                    lines.append("rule add ").append(rule.words()).append('\n');
                }
            }
            for (LocalRoute route : routing.routes()) {
                if (route.family() == family) {
                    lines.append("route replace ").append(route.words()).append('\n');
                }
            }
            if (!lines.isEmpty()) {
                run(family, lines.toString(), EXISTS);
                log.info("Added on the loopback iface and to the routes of " + family + ":\n" + lines);
            }
        }
    }

    /**
     * Removes the address, and the routing for a mark whether these settings would add it or not; also the rules that the reference implementation adds
     * once more on each of its runs.
     *
     * @param mark  decimal, as the settings have it
     * @param table decimal
     */
    public void remove(String mark, String table, List<LocalAddress> addresses) throws Refused {
        if (!path.has("ip")) {
            return;
        }
        for (Family family : Family.values()) {
            StringBuilder lines = new StringBuilder();
            if (family == Family.IPV6 && isThere(addresses)) {
                lines.append("addr del ::6/128 dev lo\n");
            }
            if (isNumber(mark) && isNumber(table)) {
                String everything = family == Family.IPV4 ? "0.0.0.0/0" : "::/0";
                lines.append("route del local ").append(everything).append(" dev lo table ").append(table).append('\n');
                lines.append(("rule del fwmark " + mark + " lookup " + table + "\n").repeat(DUPLICATES));
            }
            if (!lines.isEmpty()) {
                run(family, lines.toString(), "No such file", "No such process", "Cannot assign requested address",
                        "FIB table does not exist",
                        "not supported");
            }
        }
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!Character.isDigit(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean isThere(List<LocalAddress> addresses) {
        for (LocalAddress address : addresses) {
            if (address.text().equals(SIX)) {
                return true;
            }
        }
        return false;
    }

    private void run(Family family, String lines, String... harmless) throws Refused {
        if (!path.has("ip")) {
            throw new Refused("failed to configure routes: the program ip is missing", "PATH", "install iproute2 in the image");
        }
        List<String> command = List.of("ip", family == Family.IPV4 ? "-4" : "-6", "-force", "-batch", "-");
        Result result = Iptables.run(command, Map.of(), lines);
        StringBuilder problems = new StringBuilder();
        for (String line : result.err().split("\n", -1)) {
            if (!line.isBlank() && !line.startsWith("Command failed") && !isOneOf(line, harmless)) {
                problems.append(problems.isEmpty() ? "" : "; ").append(line.strip());
            }
        }
        if (!problems.isEmpty()) {
            throw new Refused("failed to configure routes: " + problems, "ip " + command.get(1) + " -batch, " + lines.replace('\n', ';'),
                    problems.toString().contains("disabled on this device")
                            ? "set the sysctl net.ipv6.conf.lo.disable_ipv6 to 0, or leave out --dual-stack"
                            : "the container needs the capability NET_ADMIN, and the kernel policy routing");
        }
    }

    private static boolean isOneOf(String line, String... harmless) {
        for (String words : harmless) {
            if (line.contains(words)) {
                return true;
            }
        }
        return false;
    }
}
