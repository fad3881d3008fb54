package dev.sidecarinjector.iptablesinit.report;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.state.Hit;
import dev.sidecarinjector.iptablesinit.apply.Inventory;
import dev.sidecarinjector.iptablesinit.apply.Inventory.Source;
import dev.sidecarinjector.iptablesinit.apply.RoutingState;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What is loaded. */
public final class StatusReport {
    private StatusReport() {}

    /** Each program with its rules and how often they were hit, then addresses and routes. */
    public static String text(Inventory inventory) {
        if (inventory.isEmpty()) {
            return "nothing of capture is loaded\n";
        }
        StringBuilder text = new StringBuilder();
        for (Source source : inventory.sources()) {
            text.append(name(source)).append(": ").append(source.hits().size()).append(" rules\n");
            Columns columns = new Columns();
            for (Hit hit : source.hits()) {
                columns.add(hit.intent() + ":", hit.packets() == 1 ? "1 hit" : hit.packets() + " hits",
                        hit.table() + "/" + hit.chain() + "  " + hit.rule());
            }
            text.append(columns);
        }
        List<String> routing = routing(inventory.routing());
        if (!routing.isEmpty()) {
            text.append("addresses and routes\n");
            routing.forEach(line -> text.append("  ").append(line).append('\n'));
        }
        inventory.sets().forEach(set -> text.append("ipset ").append(set).append('\n'));
        String conflict = conflict(inventory);
        return conflict.isEmpty() ? text.toString() : text.append("Warning: ").append(conflict).append('\n').toString();
    }

    /** An object with the members {@code loaded, conflict, programs, routing, sets}. */
    public static String json(Inventory inventory) {
        return new JsonObject().flag("loaded", !inventory.isEmpty()).text("conflict", conflict(inventory))
                .objects("programs", inventory.sources().stream().map(source -> new JsonObject().text("program", source.program())
                        .texts("families", source.families().stream().map(Family::label).toList()).texts("chains", source.chains())
                        .objects("rules", source.hits().stream().map(StatusReport::json).toList())).toList())
                .texts("routing", routing(inventory.routing())).texts("sets", inventory.sets()) + "\n";
    }

    private static JsonObject json(Hit hit) {
        return new JsonObject().text("intent", hit.intent()).number("packets", hit.packets()).number("bytes", hit.bytes())
                .text("table", hit.table()).text("chain", hit.chain()).text("rule", hit.rule());
    }

    /** A line for each program, address, route and set. */
    public static List<String> summary(Inventory inventory) {
        List<String> lines = new ArrayList<>();
        for (Source source : inventory.sources()) {
            lines.add(name(source) + ": " + source.hits().size() + " rules, " + source.chains().size() + " chains");
        }
        lines.addAll(routing(inventory.routing()));
        inventory.sets().forEach(set -> lines.add("ipset " + set));
        return lines;
    }

    /** A line for each rule, chain, address, route and set, without counts of hits. */
    public static List<String> things(Inventory inventory) {
        List<String> lines = new ArrayList<>();
        for (Source source : inventory.sources()) {
            source.hits().forEach(hit -> lines.add(source.program() + "  " + hit.table() + "/" + hit.chain() + "  " + hit.rule()));
            source.chains().forEach(chain -> lines.add(source.program() + "  chain " + chain));
        }
        lines.addAll(routing(inventory.routing()));
        inventory.sets().forEach(set -> lines.add("ipset  " + set));
        return lines;
    }

    private static List<String> routing(RoutingState routing) {
        List<String> lines = new ArrayList<>();
        if (routing.six()) {
            lines.add("IPv6 address " + RoutingState.SIX);
        }
        routing.rules().forEach(rule -> lines.add(rule.family().label() + " rule " + rule.words()));
        routing.routes().forEach(route -> lines.add(route.family().label() + " route " + route.words()));
        return lines;
    }

    private static String name(Source source) {
        return source.program() + " (" + source.families().stream().map(Family::label).collect(Collectors.joining(" and ")) + ")";
    }

    private static String conflict(Inventory inventory) {
        return inventory.backends().size() < 2
                ? ""
                : "rules of capture are loaded by " + String.join(" and ", inventory.backends())
                        + ": each captures what another excludes; remove all with the command cleanup and apply once";
    }
}
