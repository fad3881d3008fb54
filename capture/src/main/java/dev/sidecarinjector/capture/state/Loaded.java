package dev.sidecarinjector.capture.state;

import java.util.List;
import java.util.Map;

/**
 * What is in the kernel, of one family for iptables, of our own tables for nftables.
 *
 * @param tables by name
 */
public record Loaded(Map<String, LoadedTable> tables) {
    public static final Loaded NOTHING = new Loaded(Map.of());

    /** Empty where it isn't there. */
    public LoadedTable table(String name) {
        return tables.getOrDefault(name, LoadedTable.EMPTY);
    }

    /** Whether any chain of ours is there, with rules or without. */
    public boolean hasOurs() {
        return tables.values().stream().flatMap(table -> table.chains().keySet().stream()).anyMatch(Ours::isChain);
    }

    /** Whether a rule looks something up in a set; a set that none refers to may be half filled. */
    public boolean refersTo(String set) {
        return tables.values().stream().flatMap(table -> table.chains().values().stream()).flatMap(List::stream)
                .anyMatch(rule -> (" " + rule.form() + " ").contains(" --match-set " + set + " ")
                        || (" " + rule.form() + " ").contains(" @" + set + " "));
    }

    /** Number of rules in all chains. */
    public int ruleCount() {
        return tables.values().stream().flatMap(table -> table.chains().values().stream()).mapToInt(List::size).sum();
    }
}
