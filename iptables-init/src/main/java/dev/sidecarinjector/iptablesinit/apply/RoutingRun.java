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
import java.util.ArrayList;
import java.util.EnumMap;
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
    /** What was not there before, by family, in the order in which it came. */
    private final Map<Family, List<String>> added = new EnumMap<>(Family.class);

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
                    lines.append("route add ").append(route.words()).append('\n');
                }
            }
            if (!lines.isEmpty()) {
                String err = run(family, lines.toString());
                note(family, lines.toString(), err);
                check(family, lines.toString(), err, EXISTS, "already assigned");
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
                check(family, lines.toString(), run(family, lines.toString()), "No such file", "No such process",
                        "Cannot assign requested address",
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

    /** Removes what {@link #add} has added; what was there before stays. */
    public void undo() {
        added.forEach((family, lines) -> {
            StringBuilder text = new StringBuilder();
            for (String line : lines.reversed()) {
                text.append(line.replace(" add ", " del ")).append('\n');
            }
            try {
                String err = run(family, text.toString());
                log.warn("the addresses and routes of " + family + " were put back as they were"
                        + (err.isBlank() ? "" : ", except: " + err));
            } catch (Refused e) {
                log.error(e.text());
            }
        });
        added.clear();
    }

    /** Lines that the program complains of by their number have changed nothing. */
    private void note(Family family, String lines, String err) {
        List<String> done = new ArrayList<>();
        int number = 0;
        for (String line : lines.split("\n", -1)) {
            number++;
            if (!line.isEmpty() && !(err + "\n").contains("Command failed -:" + number + "\n")) {
                done.add(line);
            }
        }
        if (!done.isEmpty()) {
            added.put(family, done);
        }
    }

    private String run(Family family, String lines) throws Refused {
        if (!path.has("ip")) {
            throw new Refused("failed to configure routes: the program ip is missing", "PATH", "install iproute2 in the image");
        }
        return Iptables.run(command(family), Map.of(), lines).err();
    }

    private static List<String> command(Family family) {
        return List.of("ip", family == Family.IPV4 ? "-4" : "-6", "-force", "-batch", "-");
    }

    private static void check(Family family, String lines, String err, String... harmless) throws Refused {
        StringBuilder problems = new StringBuilder();
        for (String line : err.split("\n", -1)) {
            if (!line.isBlank() && !line.startsWith("Command failed") && !isOneOf(line, harmless)) {
                problems.append(problems.isEmpty() ? "" : "; ").append(line.strip());
            }
        }
        if (!problems.isEmpty()) {
            throw new Refused("failed to configure routes: " + problems,
                    String.join(" ", command(family)) + ", " + lines.replace('\n', ';'),
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
