package dev.sidecarinjector.capture.state;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.Chain;
import dev.sidecarinjector.capture.rules.Rule;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.rules.Table;
import dev.sidecarinjector.capture.text.IptablesWords;
import dev.sidecarinjector.capture.text.NftWords;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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
                List<Entry> entries = new ArrayList<>();
                for (Rule rule : rules.chain(family, table, chain)) {
                    List<String> words = IptablesWords.of(rule);
                    String text = String.join(" ", words);
                    entries.add(new Entry(rule, text, IptablesForm.of(words, text, family, names).form()));
                }
                chains.put(chain.name(), entries);
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

    /** By which the rules of a chain are known. */
    Set<String> forms(String table, String chain) {
        Set<String> forms = new HashSet<>();
        for (Entry entry : entries(table, chain)) {
            forms.add(entry.form());
        }
        return forms;
    }

    List<Entry> entries(String table, String chain) {
        return chains(table).getOrDefault(chain, List.of());
    }
}
