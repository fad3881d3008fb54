package dev.sidecarinjector.capture.plan;

import static dev.sidecarinjector.capture.plan.RuleList.RETURN;
import static dev.sidecarinjector.capture.plan.RuleList.TCP;
import static dev.sidecarinjector.capture.plan.RuleList.jump;
import static dev.sidecarinjector.capture.plan.RuleList.toPort;
import static dev.sidecarinjector.capture.plan.RuleList.when;
import static dev.sidecarinjector.capture.rules.Chain.ISTIO_DIVERT;
import static dev.sidecarinjector.capture.rules.Chain.ISTIO_INBOUND;
import static dev.sidecarinjector.capture.rules.Chain.ISTIO_IN_REDIRECT;
import static dev.sidecarinjector.capture.rules.Chain.ISTIO_TPROXY;
import static dev.sidecarinjector.capture.rules.Chain.PREROUTING;
import static dev.sidecarinjector.capture.rules.Table.MANGLE;
import static dev.sidecarinjector.capture.rules.Table.NAT;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.Match;
import dev.sidecarinjector.capture.rules.Protocol;
import dev.sidecarinjector.capture.rules.Table;
import dev.sidecarinjector.capture.rules.Target;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.CaptureSettings.Inbound;
import dev.sidecarinjector.capture.settings.CaptureSettings.Mode;
import dev.sidecarinjector.capture.settings.Setting;

/** What comes in from other pods (spec section 3, step 7). */
final class InboundRules {
    private static final String CAPTURED = "The proxy receives what comes in.";
    private static final String DIVERTED = "A connection that the proxy has accepted stays with it.";

    private final CaptureSettings settings;
    private final Inbound inbound;
    private final RuleList rules;

    InboundRules(CaptureSettings settings, RuleList rules) {
        this.settings = settings;
        this.rules = rules;
        inbound = settings.inbound();
    }

    void plan() {
        if (inbound.ports().isNone()) {
            return;
        }
        boolean tproxy = inbound.mode() == Mode.TPROXY;
        Table table = tproxy ? MANGLE : NAT;
        if (tproxy) {
            handOver();
        }
        rules.append(table, PREROUTING, when(TCP), jump(ISTIO_INBOUND), "What comes in is looked at.", Setting.INBOUND_PORTS);
        if (inbound.ports().all()) {
            for (String port : inbound.excludedPorts()) {
                rules.append(table, ISTIO_INBOUND, when(TCP, toPort(Protocol.TCP, port)), RETURN, "This inbound port is left alone.",
                        Setting.LOCAL_EXCLUDE_PORTS);
            }
            if (tproxy) {
                rules.append(MANGLE, ISTIO_INBOUND, when(TCP, new Match.KnownConnection()), jump(ISTIO_DIVERT), DIVERTED,
                        Setting.INBOUND_PORTS, Setting.INTERCEPTION_MODE);
            }
            rules.append(table, ISTIO_INBOUND, when(TCP), jump(tproxy ? ISTIO_TPROXY : ISTIO_IN_REDIRECT), CAPTURED, Setting.INBOUND_PORTS);
        }
        for (String port : inbound.ports().items()) {
            Match toPort = toPort(Protocol.TCP, port);
            if (tproxy) {
                rules.append(MANGLE, ISTIO_INBOUND, when(TCP, toPort, new Match.KnownConnection()), jump(ISTIO_DIVERT), DIVERTED,
                        Setting.INBOUND_PORTS, Setting.INTERCEPTION_MODE);
            }
            rules.append(table, ISTIO_INBOUND, when(TCP, toPort), jump(tproxy ? ISTIO_TPROXY : ISTIO_IN_REDIRECT), CAPTURED,
                    Setting.INBOUND_PORTS);
        }
    }

    /** Without translation of addresses: the mark makes the routing deliver the packet to this machine, whatever its destination. */
    private void handOver() {
        rules.append(MANGLE, ISTIO_DIVERT, when(), new Target.SetMark(inbound.mark()), "Marked packets are routed to this machine.",
                Setting.INTERCEPTION_MODE, Setting.TPROXY_MARK);
        rules.append(MANGLE, ISTIO_DIVERT, when(), new Target.Accept(), "No other rule changes the mark.", Setting.INTERCEPTION_MODE);
        for (Family family : rules.families()) {
            rules.append(family, MANGLE, ISTIO_TPROXY, when(rules.beyondLoopback(family), TCP),
                    new Target.Tproxy(settings.proxy().inboundPort(), inbound.mark()),
                    "The proxy's listener gets the connection with both addresses unchanged.", Setting.INTERCEPTION_MODE,
                    Setting.INBOUND_CAPTURE_PORT);
        }
    }
}
