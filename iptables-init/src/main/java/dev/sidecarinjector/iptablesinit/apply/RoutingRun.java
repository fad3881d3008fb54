package dev.sidecarinjector.iptablesinit.apply;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.Routing;
import dev.sidecarinjector.capture.rules.Routing.LocalRoute;
import dev.sidecarinjector.capture.rules.Routing.LoopbackAddress;
import dev.sidecarinjector.capture.rules.Routing.MarkRule;
import dev.sidecarinjector.capture.settings.CaptureSettings;
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
    /** The address as the kernel lists it. */
    private static final String SIX = "0000:0000:0000:0000:0000:0000:0000:0006";
    private static final String EXISTS = "File exists";

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
                if (address.address().family() == family && !hasSix(addresses)) {
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

    /** Removes what the rules that were replaced relied on, and those that are there now do not. Until it has gone it does no harm. */
    public void converge(Replaced replaced, Routing wanted, CaptureSettings settings, List<LocalAddress> addresses) {
        boolean six = replaced.any() && wanted.addresses().isEmpty() && hasSix(addresses);
        if (!six && replaced.marks().isEmpty()) {
            return;
        }
        try {
            RoutingState there = replaced.marks().isEmpty()
                    ? new RoutingState(true, List.of(), List.of())
                    : RoutingState.ours(path, addresses, settings, replaced.marks(), new Dumps());
            remove(there.without(wanted));
        } catch (Refused e) {
            log.warn(e.text());
        }
    }

    /** Removes exactly this. */
    public void remove(RoutingState superfluous) throws Refused {
        for (Family family : Family.values()) {
            StringBuilder lines = new StringBuilder();
            for (RoutingState.Rule rule : superfluous.rules()) {
                if (rule.family() == family) {
                    lines.append("rule del ").append(rule.words()).append('\n');
                }
            }
            for (RoutingState.Route route : superfluous.routes()) {
                if (route.family() == family) {
                    lines.append("route del ").append(route.words()).append('\n');
                }
            }
            if (superfluous.six() && family == Family.IPV6) {
                lines.append("addr del ").append(RoutingState.SIX).append('\n');
            }
            if (!lines.isEmpty()) {
                check(family, lines.toString(), run(family, lines.toString()), "No such file", "No such process",
                        "Cannot assign requested address");
                log.info("Removed from the loopback iface and from the routes of " + family + ":\n" + lines);
            }
        }
    }

    /** Whether the address that the proxy calls its own pod from is there. */
    static boolean hasSix(List<LocalAddress> addresses) {
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

    static List<String> command(Family family) {
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
                            : "the container needs the capability NET_ADMIN, and the kernel policy routing; for another user than root, ip"
                                    + " drops one that comes from its file");
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
