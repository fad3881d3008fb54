package dev.sidecarinjector.capture.plan;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.Routing;
import dev.sidecarinjector.capture.rules.Routing.LocalRoute;
import dev.sidecarinjector.capture.rules.Routing.LoopbackAddress;
import dev.sidecarinjector.capture.rules.Routing.MarkRule;
import dev.sidecarinjector.capture.rules.Why;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.CaptureSettings.Mode;
import dev.sidecarinjector.capture.settings.Setting;
import java.util.ArrayList;
import java.util.List;

/** The address and the routes that the rules rely on (spec section 6). */
final class RoutingPlan {
    private static final Why SELF = new Why("IPv6 has one loopback address only; the proxy needs a second one to talk to its own pod.",
            List.of(Setting.DUAL_STACK));
    private static final Why MARKED = new Why("Marked packets are delivered to this machine, whatever their destination.",
            List.of(Setting.INTERCEPTION_MODE, Setting.TPROXY_MARK, Setting.TPROXY_ROUTE_TABLE));

    private RoutingPlan() {}

    static Routing of(CaptureSettings settings, List<Family> families) {
        List<LoopbackAddress> addresses = families.contains(Family.IPV6)
                ? List.of(new LoopbackAddress(RuleList.self(Family.IPV6), SELF))
                : List.of();
        if (settings.inbound().mode() != Mode.TPROXY || settings.inbound().ports().isNone()) {
            return new Routing(addresses, List.of(), List.of());
        }
        long mark = Long.parseLong(settings.inbound().mark());
        long table = Long.parseLong(settings.inbound().routeTable());
        List<MarkRule> rules = new ArrayList<>();
        List<LocalRoute> routes = new ArrayList<>();
        for (Family family : families) {
            rules.add(new MarkRule(family, mark, table, MarkRule.PRIORITY, MARKED));
            routes.add(new LocalRoute(family, table, MARKED));
        }
        return new Routing(addresses, rules, routes);
    }
}
