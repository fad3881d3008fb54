package dev.sidecarinjector.capture.state;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.Chain;
import dev.sidecarinjector.capture.rules.RuleSet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The text for one {@code iptables-restore --noflush} that turns what is loaded into what is wanted. A chain that differs is declared again, which empties it
 * within the commit; chains of others are not named, and what is right already is not touched. A table changes at once, so that no packet sees half of it.
 */
public final class IptablesTransaction {
    private static final String NAT = "nat";

    private final Loaded loaded;
    private final Wanted wanted;
    private final Plan plan;
    /** Whether what is right already is loaded once more. */
    private final boolean anew;

    private IptablesTransaction(Loaded loaded, Wanted wanted, boolean anew) {
        this.loaded = loaded;
        this.wanted = wanted;
        this.anew = anew;
        plan = Comparison.of(loaded, wanted);
    }

    /** Empty where nothing differs. A family without wanted rules is cleaned. */
    public static String replace(Loaded loaded, RuleSet rules, Family family, Names names) {
        return new IptablesTransaction(loaded, Wanted.iptables(rules, family, names), false).text();
    }

    /** Every wanted rule is loaded, those that are there already once more, in their places. */
    public static String replaceAnew(Loaded loaded, RuleSet rules, Family family, Names names) {
        return new IptablesTransaction(loaded, Wanted.iptables(rules, family, names), true).text();
    }

    /** Removes every chain of ours and every rule that belongs to them, whichever settings made them; empty where there is none. */
    public static String cleanup(Loaded loaded) {
        return new IptablesTransaction(loaded, new Wanted(Map.of()), false).text();
    }

    private String text() {
        if (plan.isDone() && !anew) {
            return "";
        }
        StringBuilder text = new StringBuilder();
        for (String table : inOrder()) {
            List<String> commands = commands(table);
            if (!commands.isEmpty()) {
                text.append('*').append(table).append('\n');
                commands.forEach(command -> text.append(command).append('\n'));
                text.append("COMMIT\n");
            }
        }
        return text.toString();
    }

    /**
     * Tables in the order in which they change, each at once but one after the other. What captures in the table nat's stead, or makes way for it, is there
     * before that changes and goes after it: else a connection in between would pass by the proxy, or a query come back to the agent that sent it.
     */
    private List<String> inOrder() {
        Set<String> tables = new TreeSet<>(wanted.tables().keySet());
        tables.addAll(loaded.tables().keySet());
        List<String> order = new ArrayList<>(tables);
        order.sort((one, other) -> Integer.compare(turn(one), turn(other)));
        return order;
    }

    private int turn(String table) {
        return table.equals(NAT) ? 1 : takesAway(table) ? 2 : 0;
    }

    private boolean takesAway(String table) {
        for (Map.Entry<String, List<LoadedRule>> chain : loaded.table(table).chains().entrySet()) {
            if (!Ours.isChain(chain.getKey())) {
                Set<String> stays = wanted.forms(table, chain.getKey());
                for (LoadedRule rule : chain.getValue()) {
                    if (captures(rule) && !stays.contains(rule.form())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private static boolean captures(LoadedRule rule) {
        return rule.target() != null && Ours.isChain(rule.target()) && !rule.target().equals(Chain.ISTIO_DROP.name());
    }

    private List<String> commands(String table) {
        Set<String> own = new LinkedHashSet<>();
        Set<String> others = new LinkedHashSet<>();
        Set<String> chains = new LinkedHashSet<>(wanted.chains(table).keySet());
        chains.addAll(loaded.table(table).chains().keySet());
        chains.forEach(chain -> (Ours.isChain(chain) ? own : others).add(chain));
        own.removeIf(chain -> !changes(table, chain));
        List<String> commands = new ArrayList<>();
        own.forEach(chain -> commands.add(":" + chain + " - [0:0]"));
        for (String chain : own) {
            wanted.entries(table, chain).forEach(entry -> commands.add("-A " + chain + " " + entry.text()));
        }
        for (String chain : others) {
            if (changes(table, chain)) {
                commands.addAll(hook(table, chain));
            }
        }
        for (String chain : own) {
            if (wanted.entries(table, chain).isEmpty()) {
                commands.add("-X " + chain);
            }
        }
        return commands;
    }

    private boolean changes(String table, String chain) {
        return anew || plan.touches(table, chain);
    }

    private List<String> hook(String table, String chain) {
        List<Wanted.Entry> entries = wanted.entries(table, chain);
        Predicate<LoadedRule> ours = Ours.in(loaded.table(table), table, chain, wanted.forms(table, chain));
        return new HookEdit(chain, loaded.table(table).rules(chain), ours, entries, anew).commands();
    }
}
