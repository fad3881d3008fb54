package dev.sidecarinjector.capture.state;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.RuleSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** Compares what is loaded with what is wanted, order included. Rules and chains of others are not mentioned. */
public final class Comparison {
    private final Loaded loaded;
    private final Wanted wanted;
    private final boolean iptables;
    private final List<Change> changes = new ArrayList<>();

    private Comparison(Loaded loaded, Wanted wanted, boolean iptables) {
        this.loaded = loaded;
        this.wanted = wanted;
        this.iptables = iptables;
    }

    /** For the rules of one family in iptables; none are wanted where the rule set has no such family. */
    public static Plan iptables(Loaded loaded, RuleSet rules, Family family, Names names) {
        return of(loaded, Wanted.iptables(rules, family, names));
    }

    /** For our tables of nftables, in which every rule is ours. */
    public static Plan nftables(Loaded loaded, RuleSet rules, Names names) {
        return new Comparison(loaded, Wanted.nftables(rules, names), false).plan();
    }

    static Plan of(Loaded loaded, Wanted wanted) {
        return new Comparison(loaded, wanted, true).plan();
    }

    private Plan plan() {
        Set<String> tables = new LinkedHashSet<>(wanted.tables().keySet());
        tables.addAll(loaded.tables().keySet());
        for (String table : tables) {
            Set<String> chains = new LinkedHashSet<>(wanted.chains(table).keySet());
            chains.addAll(loaded.table(table).chains().keySet());
            chains.forEach(chain -> compare(table, chain));
        }
        return new Plan(List.copyOf(changes));
    }

    private void compare(String table, String chain) {
        List<Wanted.Entry> entries = wanted.entries(table, chain);
        boolean whole = !iptables || Ours.isChain(chain);
        if (whole && entries.isEmpty()) {
            changes.add(new Change.RemoveChain(table, chain));
            return;
        }
        List<String> forms = new ArrayList<>(entries.size());
        for (Wanted.Entry entry : entries) {
            forms.add(entry.form());
        }
        Predicate<LoadedRule> ours = whole ? _ -> true : Ours.in(loaded.table(table), table, chain, Set.copyOf(forms));
        List<String> current = new ArrayList<>();
        for (LoadedRule rule : loaded.table(table).rules(chain)) {
            if (ours.test(rule)) {
                current.add(rule.form());
            }
        }
        int[] kept = CommonOrder.of(current, forms);
        Map<String, Integer> misplaced = misplaced(current, kept);
        for (int i = 0; i < kept.length; i++) {
            Wanted.Entry entry = entries.get(i);
            if (kept[i] >= 0) {
                changes.add(new Change.Keep(table, chain, entry.form(), entry.rule().why()));
            } else if (misplaced.merge(entry.form(), -1, Integer::sum) >= 0) {
                changes.add(new Change.OutOfOrder(table, chain, entry.form(), entry.rule().why()));
            } else {
                changes.add(new Change.Add(table, chain, entry.form(), entry.rule().why()));
            }
        }
        misplaced.forEach((rule, count) -> changes.addAll(Collections.nCopies(Math.max(0, count), new Change.Remove(table, chain, rule))));
    }

    /** Loaded rules that do not stay where they are, with their number. */
    private static Map<String, Integer> misplaced(List<String> current, int[] kept) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        current.forEach(form -> counts.merge(form, 1, Integer::sum));
        for (int index : kept) {
            if (index >= 0) {
                counts.merge(current.get(index), -1, Integer::sum);
            }
        }
        return counts;
    }
}
