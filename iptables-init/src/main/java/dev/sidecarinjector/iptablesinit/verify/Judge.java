package dev.sidecarinjector.iptablesinit.verify;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.proof.Expectation.Check;
import dev.sidecarinjector.capture.proof.Fate;
import dev.sidecarinjector.capture.proof.Probe;
import dev.sidecarinjector.capture.rules.Protocol;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.iptablesinit.socket.Endpoint;
import dev.sidecarinjector.iptablesinit.verify.Outcome.Verdict;
import dev.sidecarinjector.iptablesinit.verify.Seen.Arrived;
import dev.sidecarinjector.iptablesinit.verify.Seen.Elsewhere;
import dev.sidecarinjector.iptablesinit.verify.Seen.Impossible;
import dev.sidecarinjector.iptablesinit.verify.Seen.Role;
import dev.sidecarinjector.iptablesinit.verify.Seen.Silence;

/**
 * Compares what was expected of a connection with what became of it.
 *
 * @param reachesUs whether, untouched, it arrives at a listener of ours
 */
record Judge(CaptureSettings settings, Check check, boolean reachesUs) {
    Verdict verdict(Seen seen) {
        return switch (seen) {
            case Impossible _ -> Verdict.NOT_CHECKED;
            case Silence _ -> verdict(check.fate() == Fate.DROPPED);
            case Elsewhere _ -> verdict(check.fate() == Fate.UNTOUCHED && !reachesUs);
            case Arrived arrived -> verdict(isExpected(arrived));
        };
    }

    private static Verdict verdict(boolean holds) {
        return holds ? Verdict.OK : Verdict.FAILED;
    }

    private boolean isExpected(Arrived arrived) {
        Probe probe = check.probe();
        String target = new Endpoint(probe.destination(), probe.port()).toString();
        // Where two redirected clients use the same port, the kernel gives one of them another.
        boolean redirected = arrived.original().equals(target) && !arrived.local().equals(target) && isFromAddress(arrived);
        boolean unchanged = arrived.local().equals(target) && arrived.peer().equals(arrived.client().toString());
        return switch (check.fate()) {
            case OUTBOUND -> arrived.role() == Role.OUTBOUND && redirected;
            case INBOUND -> arrived.role() == Role.INBOUND && redirected;
            case HANDED_OVER -> arrived.role() == Role.INBOUND && unchanged;
            case AGENT -> arrived.role() == Role.AGENT && (probe.protocol() == Protocol.UDP || redirected);
            case DROPPED -> false;
            case UNTOUCHED -> arrived.role() == Role.APPLICATION && reachesUs && unchanged;
        };
    }

    private static boolean isFromAddress(Arrived arrived) {
        String peer = arrived.peer();
        return peer.substring(0, peer.lastIndexOf(':') + 1)
                .equals(new Endpoint(arrived.client().address(), 0).toString().replaceFirst("0$", ""));
    }

    /** For people. */
    String expected() {
        Probe probe = check.probe();
        return switch (check.fate()) {
            case OUTBOUND -> "the proxy's outbound port " + settings.proxy().outboundPort() + ", with the original destination";
            case INBOUND -> "the proxy's inbound port " + settings.proxy().inboundPort() + ", with the original destination";
            case HANDED_OVER -> "the proxy's inbound port " + settings.proxy().inboundPort() + ", addresses unchanged";
            case AGENT -> "the agent's port " + Listeners.AGENT_PORT + ", answering as "
                    + (probe.family() == Family.IPV4 ? probe.destination().toString() : "[" + probe.destination() + "]");
            case DROPPED -> "no answer";
            case UNTOUCHED -> reachesUs ? "the application, untouched" : "not captured";
        };
    }
}
