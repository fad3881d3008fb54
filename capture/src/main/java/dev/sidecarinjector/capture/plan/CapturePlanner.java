package dev.sidecarinjector.capture.plan;

import static dev.sidecarinjector.capture.plan.RuleList.RETURN;
import static dev.sidecarinjector.capture.plan.RuleList.TCP;
import static dev.sidecarinjector.capture.plan.RuleList.jump;
import static dev.sidecarinjector.capture.plan.RuleList.toPort;
import static dev.sidecarinjector.capture.plan.RuleList.when;
import static dev.sidecarinjector.capture.rules.Chain.ISTIO_DROP;
import static dev.sidecarinjector.capture.rules.Chain.ISTIO_INBOUND;
import static dev.sidecarinjector.capture.rules.Chain.ISTIO_IN_REDIRECT;
import static dev.sidecarinjector.capture.rules.Chain.ISTIO_REDIRECT;
import static dev.sidecarinjector.capture.rules.Chain.OUTPUT;
import static dev.sidecarinjector.capture.rules.Chain.PREROUTING;
import static dev.sidecarinjector.capture.rules.Table.MANGLE;
import static dev.sidecarinjector.capture.rules.Table.NAT;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.Backend;
import dev.sidecarinjector.capture.rules.Match;
import dev.sidecarinjector.capture.rules.Protocol;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.rules.Table;
import dev.sidecarinjector.capture.rules.Target;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.CaptureSettings.Mode;
import dev.sidecarinjector.capture.settings.Setting;
import java.util.List;

/** Turns settings into rules, the reference implementation's rule for rule (spec sections 3, 6 and 7). */
public final class CapturePlanner {
    private final CaptureSettings settings;
    private final Backend backend;
    private final RuleList rules;

    private CapturePlanner(CaptureSettings settings) {
        this.settings = settings;
        backend = settings.work().nativeNftables() ? Backend.NFTABLES : Backend.IPTABLES;
        rules = new RuleList(settings.network().ipv6() ? List.of(Family.IPV4, Family.IPV6) : List.of(Family.IPV4),
                settings.outbound().loopback());
    }

    /** The rules in the order in which they are added; the back-end is the one that the settings name. */
    public static RuleSet plan(CaptureSettings settings) {
        CapturePlanner planner = new CapturePlanner(settings);
        planner.interfaces();
        planner.invalidPackets();
        planner.redirections();
        new InboundRules(settings, planner.rules).plan();
        new OutboundRules(settings, planner.rules).plan();
        if (settings.inbound().mode() == Mode.TPROXY) {
            new TproxyRules(settings, planner.rules).plan();
        }
        return new RuleSet(planner.backend, planner.rules.families(), planner.rules.rules(),
                RoutingPlan.of(settings, planner.rules.families()));
    }

    private void interfaces() {
        excludedInterfaces(NAT);
        if (settings.inbound().mode() == Mode.TPROXY) {
            excludedInterfaces(MANGLE);
        }
        for (String name : settings.interfaces().virtual()) {
            rules.insert(NAT, PREROUTING, 1, when(new Match.FromInterface(name)), RETURN,
                    "What else a virtual machine sends is not inbound traffic of the pod.", Setting.KUBE_VIRT_INTERFACES);
        }
    }

    private void excludedInterfaces(Table table) {
        for (String name : settings.interfaces().excluded()) {
            rules.append(table, PREROUTING, when(new Match.FromInterface(name)), RETURN, "What comes in by this interface is left alone.",
                    Setting.EXCLUDE_INTERFACES);
            rules.append(table, OUTPUT, when(new Match.ToInterface(name)), RETURN, "What leaves by this interface is left alone.",
                    Setting.EXCLUDE_INTERFACES);
        }
    }

    private void invalidPackets() {
        if (settings.dropInvalid()) {
            Match invalid = new Match.Invalid();
            // In native mode only TCP has ever been dropped.
            rules.append(MANGLE, PREROUTING, backend == Backend.NFTABLES ? when(TCP, invalid) : when(invalid), jump(ISTIO_DROP),
                    "Packets out of any connection would reach the application past the proxy, which answers them with a reset.",
                    Setting.DROP_INVALID);
            rules.append(MANGLE, ISTIO_DROP, when(), new Target.Drop(), "Packets out of any connection are dropped.", Setting.DROP_INVALID);
        }
    }

    /** Written in every mode; TPROXY needs them for the connections of the pod to itself. */
    private void redirections() {
        rules.append(NAT, ISTIO_INBOUND, when(TCP, toPort(Protocol.TCP, settings.proxy().tunnelPort())), RETURN,
                "Tunnels end at the proxy itself: their port is never captured.", Setting.INBOUND_TUNNEL_PORT);
        rules.append(NAT, ISTIO_REDIRECT, when(TCP), new Target.Redirect(settings.proxy().outboundPort()),
                "What is captured outbound goes to the proxy's outbound port.", Setting.ENVOY_PORT);
        rules.append(NAT, ISTIO_IN_REDIRECT, when(TCP), new Target.Redirect(settings.proxy().inboundPort()),
                "What is captured inbound goes to the proxy's inbound port.", Setting.INBOUND_CAPTURE_PORT);
    }
}
