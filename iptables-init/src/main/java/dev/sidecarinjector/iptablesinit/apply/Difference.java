package dev.sidecarinjector.iptablesinit.apply;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.Routing;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.rules.Why;
import dev.sidecarinjector.capture.settings.CaptureSettings;
import dev.sidecarinjector.capture.settings.Surroundings.LocalAddress;
import dev.sidecarinjector.capture.state.Change;
import dev.sidecarinjector.capture.state.Comparison;
import dev.sidecarinjector.capture.state.Names;
import dev.sidecarinjector.capture.state.Plan;
import dev.sidecarinjector.iptablesinit.apply.Lookout.Found;
import dev.sidecarinjector.iptablesinit.log.Log;
import dev.sidecarinjector.iptablesinit.system.NumbersOfNames;
import dev.sidecarinjector.iptablesinit.system.SearchPath;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run with the same settings would change, and in which program.
 *
 * @param remarks about what a run would leave as it is, although it is in the way
 */
public record Difference(List<Part> parts, List<String> remarks) {
    /**
     * The changes of one program.
     *
     * @param name for example {@code iptables-nft}, with the reason why it is this one
     */
    public record Part(String name, String why, List<Change> changes) {}

    /** Nothing is written to find out. */
    public static Difference of(Log log, CaptureSettings settings, RuleSet planned, SearchPath path, List<LocalAddress> addresses)
            throws Refused {
        boolean cleanup = settings.work().cleanupOnly();
        RuleSet rules = cleanup ? planned.with(List.of()) : Shortened.of(planned, settings, path);
        Names names = new NumbersOfNames();
        Inventory inventory = Inventory.read(path, settings, addresses);
        boolean nftables = settings.work().nativeNftables();
        List<Part> parts = new ArrayList<>();
        if (cleanup || !nftables) {
            for (Found found : new IptablesRun(log, settings, path, new Dumps()).looks(rules)) {
                Family family = found.iptables().family();
                Plan plan = Comparison.iptables(found.loaded(), rules, family, names);
                parts.add(new Part(found.iptables().program(), found.iptables().why(), plan.changes()));
            }
        }
        if (nftables || (cleanup && path.has("nft"))) {
            Plan plan = Comparison.nftables(new NftRun(log, settings, path, new Dumps()).loaded(), rules, names);
            parts.add(new Part("nft", nftables ? "--native-nftables" : "it is there", plan.changes()));
        }
        RoutingState left = cleanup ? inventory.routing() : inventory.routing().without(rules.routing());
        RoutingState goes = cleanup ? left : goes(left, inventory, parts);
        List<Change> routing = cleanup ? new ArrayList<>() : additions(rules.routing(), inventory.routing());
        routing.addAll(removals(goes));
        parts.add(new Part("ip", "addresses and routes", routing));
        return new Difference(parts, cleanup ? List.of() : remarks(parts, inventory, goes.rules().isEmpty() ? left.rules() : List.of()));
    }

    /** As a run does it: what rules relied on goes when they change. */
    private static RoutingState goes(RoutingState left, Inventory inventory, List<Part> parts) {
        boolean changes = !isNone(parts) && !inventory.sources().isEmpty();
        boolean marks = changes && !inventory.marks().isEmpty();
        return new RoutingState(changes && left.six(), marks ? left.rules() : List.of(), marks ? left.routes() : List.of());
    }

    private static List<Change> additions(Routing wanted, RoutingState there) {
        List<Change> changes = new ArrayList<>();
        wanted.addresses().forEach(each -> changes.add(change(there.has(each), "addresses", "lo", each.words(), each.why())));
        wanted.rules().forEach(each -> changes.add(change(there.has(each), "routing", "rules", each.words(), each.why())));
        wanted.routes().forEach(each -> changes.add(change(there.has(each), "routing", "routes", each.words(), each.why())));
        return changes;
    }

    private static Change change(boolean isThere, String table, String chain, String words, Why why) {
        return isThere ? new Change.Keep(table, chain, words, why) : new Change.Add(table, chain, words, why);
    }

    private static List<Change> removals(RoutingState there) {
        List<Change> changes = new ArrayList<>();
        if (there.six()) {
            changes.add(new Change.Remove("addresses", "lo", RoutingState.SIX));
        }
        there.rules().forEach(rule -> changes.add(new Change.Remove("routing", "rules", rule.words())));
        there.routes().forEach(route -> changes.add(new Change.Remove("routing", "routes", route.words())));
        return changes;
    }

    private static List<String> remarks(List<Part> parts, Inventory inventory, List<RoutingState.Rule> left) {
        List<String> remarks = new ArrayList<>();
        for (Inventory.Source source : inventory.sources()) {
            if (parts.stream().noneMatch(part -> part.name().equals(source.program()))) {
                remarks.add(source.program() + " has " + source.hits().size()
                        + " rules of capture too, which capture what these settings exclude:"
                        + " remove them with the command cleanup, then run again");
            }
        }
        for (RoutingState.Rule rule : left) {
            remarks.add("the " + rule.family().label() + " rule " + rule.words() + " is left of an earlier run, and stays: the command"
                    + " cleanup removes it");
        }
        return remarks;
    }

    /** Whether a run would change nothing. */
    public boolean isNone() {
        return isNone(parts);
    }

    private static boolean isNone(List<Part> parts) {
        return parts.stream().allMatch(part -> part.changes().stream().allMatch(Change.Keep.class::isInstance));
    }
}
