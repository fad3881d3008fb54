package dev.sidecarinjector.capture.state;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table that is in the kernel.
 *
 * @param chains by name, in the order in which they were listed; empty ones too
 * @param sets   names of sets; always empty for iptables
 */
public record LoadedTable(Map<String, List<LoadedRule>> chains, Set<String> sets) {
    static final LoadedTable EMPTY = new LoadedTable(Map.of(), Set.of());

    /** The rules of a chain; none where it isn't there. */
    public List<LoadedRule> rules(String chain) {
        return chains.getOrDefault(chain, List.of());
    }
}
