package dev.sidecarinjector.capture.state;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.Chain;
import dev.sidecarinjector.capture.rules.Rule;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.rules.Table;
import dev.sidecarinjector.capture.text.IptablesWords;
import dev.sidecarinjector.capture.text.NftWords;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A rule set as the back-end will list it: chains by table, each in its final order. */
record Wanted(Map<String, Map<String, List<Entry>>> tables) {
    /** A rule with the words that add it and the form that it is known by. */
    record Entry(Rule rule, String text, String form) {}

    /** The rules of one family in iptables. */
    static Wanted iptables(RuleSet rules, Family family, Names names) {
        Map<String, Map<String, List<Entry>>> tables = new LinkedHashMap<>();
        for (Table table : rules.tables(family)) {
            Map<String, List<Entry>> chains = tables.computeIfAbsent(table.iptables(), _ -> new LinkedHashMap<>());
            for (Chain chain : rules.chains(family, table)) {
                chains.put(chain.name(), rules.chain(family, table, chain).stream().map(rule -> {
                    List<String> words = IptablesWords.of(rule);
                    String text = String.join(" ", words);
                    return new Entry(rule, text, IptablesForm.of(words, text, family, names).form());
                }).toList());
            }
        }
        return new Wanted(tables);
    }

    /** The rules of both families in nftables. */
    static Wanted nftables(RuleSet rules, Names names) {
        Map<String, Map<String, List<Entry>>> tables = new LinkedHashMap<>();
        for (Rule rule : rules.rules()) {
            String text = NftWords.of(rule);
            List<Entry> entries = tables.computeIfAbsent(rule.table().nftables(), _ -> new LinkedHashMap<>())
                    .computeIfAbsent(rule.chain().nftables(), _ -> new ArrayList<>());
            int index = rule.insertAt() == 0 ? entries.size() : Math.min(rule.insertAt() - 1, entries.size());
            entries.add(index, new Entry(rule, text, NftForm.of(text, names).form()));
        }
        return new Wanted(tables);
    }

    Map<String, List<Entry>> chains(String table) {
        return tables.getOrDefault(table, Map.of());
    }

    List<Entry> entries(String table, String chain) {
        return chains(table).getOrDefault(chain, List.of());
    }
}
