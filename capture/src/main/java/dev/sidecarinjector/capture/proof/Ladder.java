package dev.sidecarinjector.capture.proof;

import dev.sidecarinjector.capture.address.Cidr;
import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.capture.proof.Probe.Manner;
import dev.sidecarinjector.capture.rules.Protocol;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.CaptureSettings.Mode;
import dev.sidecarinjector.capture.settings.CaptureSettings.Outbound;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fate of a connection by the meaning of the settings, rung by rung, the first that fits decides (spec section 3, "meaning of the outbound ladder"). It shares
 * nothing with the planner of rules, so that a mistake there is not a promise here.
 */
final class Ladder {
    private static final IpAddress LOOPBACK6 = new IpAddress(Family.IPV6, 0, 1);
    private static final int DNS = 53;

    private final CaptureSettings settings;
    private final Outbound outbound;
    private final List<IpAddress> own;
    private final int tunnel;
    private final boolean dns;

    /** A rung, by its reason, and what it does. */
    record Rung(Fate fate, String reason) {}

    /**
     * For a pod.
     *
     * @param own the pod's addresses
     */
    Ladder(CaptureSettings settings, List<IpAddress> own) {
        this.settings = settings;
        this.own = own;
        outbound = settings.outbound();
        tunnel = PortTexts.number(settings.proxy().tunnelPort());
        dns = settings.dns().captured();
    }

    Rung fate(Probe probe) {
        if (probe.manner() == Manner.STRAY) {
            return new Rung(Fate.DROPPED, "packets out of any connection are dropped");
        }
        if (probe.manner() == Manner.FROM_OUTSIDE) {
            return inbound(probe.port());
        }
        Rung rung = outbound(probe);
        return rung.fate() == Fate.UNTOUCHED && isHandedOver(probe)
                ? new Rung(Fate.HANDED_OVER, "the proxy calls its own pod past the redirection")
                : rung;
    }

    private Rung outbound(Probe probe) {
        boolean tcp = probe.protocol() == Protocol.TCP;
        if (PortTexts.contain(outbound.excludedPorts(), probe.port())) {
            return untouched("excluded port");
        }
        if (staysInside(probe) && probe.manner() == Manner.FROM_SELF) {
            return untouched("the proxy hands a connection to the application");
        }
        for (String uid : settings.proxy().uids()) {
            Rung rung = owner(probe, PortTexts.isNumberOf(uid, probe.person().uid()), dns);
            if (rung != null) {
                return rung;
            }
        }
        for (String gid : settings.proxy().gids()) {
            Rung rung = owner(probe, PortTexts.isNumberOf(gid, probe.person().gid()), false);
            if (rung != null) {
                return rung;
            }
        }
        if (!isCapturedGroup(probe.person().gid())) {
            return untouched("group that is not captured");
        }
        if (dns && probe.port() == DNS && (settings.dns().all() || settings.dns().servers().contains(probe.destination()))) {
            return new Rung(Fate.AGENT, "DNS capture");
        }
        if (isLoopback(probe.destination())) {
            return untouched("the application talks to itself");
        }
        if (covers(outbound.excludedCidrs(), probe.destination())) {
            return untouched("excluded destination");
        }
        if (tcp && PortTexts.contain(outbound.ports(), probe.port())) {
            return new Rung(Fate.OUTBOUND, "captured port");
        }
        if (tcp && (outbound.cidrs().all() || covers(outbound.cidrs().items(), probe.destination()))) {
            return new Rung(Fate.OUTBOUND, "captured destination");
        }
        return untouched(tcp ? "destination that is not captured" : "UDP other than DNS is not captured");
    }

    /** The three rungs of one of the proxy's users or groups; null where none of them fits. */
    private @Nullable Rung owner(Probe probe, boolean isProxy, boolean dnsStaysOut) {
        boolean inside = staysInside(probe);
        boolean tcp = probe.protocol() == Protocol.TCP;
        if (inside && tcp && isProxy && !isLoopback(probe.destination()) && probe.port() != tunnel
                && !(dnsStaysOut && probe.port() == DNS)) {
            return new Rung(Fate.INBOUND, "the proxy calls its own pod through a service");
        }
        boolean loopbackAsked = outbound.cidrs().items().stream().anyMatch(cidr -> cidr.address().isLoopback());
        if (inside && !isProxy && !loopbackAsked && (!dns || (tcp && probe.port() != DNS))) {
            return untouched("the application talks to its own pod");
        }
        return isProxy ? untouched("the proxy's own connection") : null;
    }

    /** In TPROXY mode the proxy's connections to its own pod are inbound also where they are not redirected. */
    private boolean isHandedOver(Probe probe) {
        boolean proxy = settings.proxy().uids().stream().anyMatch(uid -> PortTexts.isNumberOf(uid, probe.person().uid()))
                || settings.proxy().gids().stream().anyMatch(gid -> PortTexts.isNumberOf(gid, probe.person().gid()));
        return proxy && probe.manner() == Manner.PLAIN && probe.protocol() == Protocol.TCP && staysInside(probe)
                && !isLoopback(probe.destination()) && inbound(probe.port()).fate() == Fate.HANDED_OVER;
    }

    private Rung inbound(int port) {
        boolean tproxy = settings.inbound().mode() == Mode.TPROXY;
        boolean all = settings.inbound().ports().all();
        if (port == tunnel && !tproxy) {
            return untouched("tunnels end at the proxy itself");
        }
        if (all && PortTexts.contain(settings.inbound().excludedPorts(), port)) {
            return untouched("excluded port");
        }
        if (!all && !PortTexts.contain(settings.inbound().ports().items(), port)) {
            return untouched("port that is not captured");
        }
        return new Rung(tproxy ? Fate.HANDED_OVER : Fate.INBOUND, "captured port");
    }

    private boolean isCapturedGroup(long gid) {
        return outbound.groups().all()
                ? outbound.excludedGroups().stream().noneMatch(group -> PortTexts.isNumberOf(group, gid))
                : outbound.groups().items().stream().anyMatch(group -> PortTexts.isNumberOf(group, gid));
    }

    /** Where the application talks to itself; narrower than what the kernel calls loopback. */
    boolean isLoopback(IpAddress address) {
        return address.family() == Family.IPV4 ? outbound.loopback().contains(address) : address.equals(LOOPBACK6);
    }

    /** Whether it leaves by the interface {@code lo}. */
    boolean staysInside(Probe probe) {
        return probe.destination().isLoopback() || own.contains(probe.destination());
    }

    static boolean covers(List<Cidr> cidrs, IpAddress address) {
        return cidrs.stream().anyMatch(cidr -> cidr.contains(address));
    }

    private static Rung untouched(String reason) {
        return new Rung(Fate.UNTOUCHED, reason);
    }
}
