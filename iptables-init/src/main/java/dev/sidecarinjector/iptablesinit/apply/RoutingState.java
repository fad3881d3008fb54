package dev.sidecarinjector.iptablesinit.apply;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.Routing;
import dev.sidecarinjector.capture.rules.Routing.LocalRoute;
import dev.sidecarinjector.capture.rules.Routing.LoopbackAddress;
import dev.sidecarinjector.capture.rules.Routing.MarkRule;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.Setting;
import dev.sidecarinjector.capture.settings.Surroundings.LocalAddress;
import dev.sidecarinjector.iptablesinit.system.SearchPath;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The policy routing and the address {@code ::6} that a network namespace has; whose they are is not known yet.
 *
 * @param six    whether the address is there
 * @param rules  those that look at a mark, without a mask
 * @param routes tables in which every destination is this machine
 */
public record RoutingState(boolean six, List<Rule> rules, List<Route> routes) {
    /** What follows {@code ip addr del}. */
    public static final String SIX = "::6/128 dev lo";
    private static final Pattern RULE = Pattern.compile("(\\d+):\\s+from all fwmark (0x[0-9a-f]+) lookup (\\d+)\\s*");
    private static final Pattern ROUTE = Pattern.compile("local (?:default|0\\.0\\.0\\.0/0|::/0) dev lo table (\\d+)(?: .*)?");

    /** A rule of the policy routing. */
    public record Rule(Family family, int priority, long mark, long table) {
        private boolean is(MarkRule wanted) {
            return equals(new Rule(wanted.family(), wanted.priority(), wanted.mark(), wanted.table()));
        }

        /** What follows {@code ip rule del}. */
        public String words() {
            return "fwmark " + mark + " lookup " + table + " priority " + priority;
        }
    }

    /** A table with one route for everything. */
    public record Route(Family family, long table) {
        private boolean is(LocalRoute wanted) {
            return equals(new Route(wanted.family(), wanted.table()));
        }

        /** What follows {@code ip route del}. */
        public String words() {
            return "local " + (family == Family.IPV4 ? "0.0.0.0/0" : "::/0") + " dev lo table " + table;
        }
    }

    /**
     * What is ours in this namespace.
     *
     * @param marks of rules that are, or were, loaded; what belongs to the mark of the settings is ours in any case
     * @param dumps in which the listing may have begun
     */
    public static RoutingState ours(SearchPath path, List<LocalAddress> addresses, CaptureSettings settings, Set<Long> marks, Dumps dumps)
            throws Refused {
        Set<Long> all = new LinkedHashSet<>(marks);
        String mark = settings.text(Setting.TPROXY_MARK);
        if (mark.matches("\\d{1,10}")) {
            all.add(Long.parseLong(mark));
        }
        return read(path, addresses, dumps).forMarks(all, settings.text(Setting.TPROXY_ROUTE_TABLE));
    }

    /** Of this namespace; without the program ip, of which nothing is said here, there are no rules and routes of ours either. */
    private static RoutingState read(SearchPath path, List<LocalAddress> addresses, Dumps dumps) throws Refused {
        List<Rule> rules = new ArrayList<>();
        List<Route> routes = new ArrayList<>();
        if (path.has("ip")) {
            for (Family family : Family.values()) {
                // A kernel without IPv6, or without policy routing, lists none.
                String listing = dumps.ofRouting(family).out();
                rules.addAll(rules(listing, family));
                routes.addAll(routes(listing, family));
            }
        }
        return new RoutingState(RoutingRun.hasSix(addresses), List.copyOf(rules), List.copyOf(routes));
    }

    /** Lines of {@code 32765: from all fwmark 0x539 lookup 133}. */
    static List<Rule> rules(String listing, Family family) {
        List<Rule> rules = new ArrayList<>();
        for (String line : listing.lines().toList()) {
            Matcher rule = RULE.matcher(line);
            if (rule.matches()) {
                rules.add(new Rule(family, Integer.parseInt(rule.group(1)), Long.decode(rule.group(2)), Long.parseLong(rule.group(3))));
            }
        }
        return rules;
    }

    /** Lines of {@code local default dev lo table 133 scope host}. */
    static List<Route> routes(String listing, Family family) {
        List<Route> routes = new ArrayList<>();
        for (String line : listing.lines().toList()) {
            Matcher route = ROUTE.matcher(line);
            if (route.matches()) {
                routes.add(new Route(family, Long.parseLong(route.group(1))));
            }
        }
        return routes;
    }

    /** What there is for some marks; and the table of the settings, where only its route is left. */
    RoutingState forMarks(Set<Long> marks, String settingsTable) {
        List<Rule> ofMarks = new ArrayList<>();
        Set<Long> tables = new LinkedHashSet<>();
        for (Rule rule : rules) {
            if (marks.contains(rule.mark())) {
                ofMarks.add(rule);
                tables.add(rule.table());
            }
        }
        List<Route> ofTables = new ArrayList<>();
        Set<Long> routed = new LinkedHashSet<>();
        for (Route route : routes) {
            if (Long.toString(route.table()).equals(settingsTable) || tables.contains(route.table())) {
                ofTables.add(route);
                routed.add(route.table());
            }
        }
        // Another program that routes marked packets looks the same, but for a table with more in it.
        ofMarks.removeIf(rule -> !Long.toString(rule.table()).equals(settingsTable) && !routed.contains(rule.table()));
        return new RoutingState(six, ofMarks, ofTables);
    }

    /** What is left of it when what is wanted is taken away. */
    public RoutingState without(Routing wanted) {
        List<Rule> otherRules = new ArrayList<>(rules);
        for (MarkRule rule : wanted.rules()) {
            otherRules.removeIf(other -> other.is(rule));
        }
        List<Route> otherRoutes = new ArrayList<>(routes);
        for (LocalRoute route : wanted.routes()) {
            otherRoutes.removeIf(other -> other.is(route));
        }
        return new RoutingState(six && wanted.addresses().isEmpty(), otherRules, otherRoutes);
    }

    boolean has(MarkRule wanted) {
        for (Rule rule : rules) {
            if (rule.is(wanted)) {
                return true;
            }
        }
        return false;
    }

    boolean has(LocalRoute wanted) {
        for (Route route : routes) {
            if (route.is(wanted)) {
                return true;
            }
        }
        return false;
    }

    boolean has(LoopbackAddress wanted) {
        return wanted.address().family() == Family.IPV6 && six;
    }

    /** Whether there is nothing at all. */
    public boolean isEmpty() {
        return !six && rules.isEmpty() && routes.isEmpty();
    }
}
