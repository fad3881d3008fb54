package dev.sidecarinjector.capture.state;

import dev.sidecarinjector.capture.rules.Chain;
import dev.sidecarinjector.capture.rules.CidrSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is in the kernel, of one family for iptables, of our own tables for nftables.
 *
 * @param tables by name
 */
public record Loaded(Map<String, LoadedTable> tables) {
    public static final Loaded NOTHING = new Loaded(Map.of());

    /** Made where there are rules of TPROXY only: the first expression of a process takes a millisecond. */
    private static final class Shapes {
        /** Of iptables and of nft. */
        static final Pattern MARK = Pattern.compile("-j MARK --set-xmark (0x[0-9a-f]+)/0xffffffff|counter mark set (\\d+)");

        private Shapes() {}
    }

    /** Empty where it isn't there. */
    public LoadedTable table(String name) {
        return tables.getOrDefault(name, LoadedTable.EMPTY);
    }

    /** Whether any chain of ours is there, with rules or without. */
    public boolean hasOurs() {
        for (LoadedTable table : tables.values()) {
            for (String chain : table.chains().keySet()) {
                if (Ours.isChain(chain)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether a rule looks something up in a set; a set that none refers to may be half filled. */
    public boolean refersTo(String set) {
        return anyForm(form -> (" " + form + " ").contains(" --match-set " + set + " ") || (" " + form + " ").contains(" @" + set + " "));
    }

    /** Whether a rule looks something up in a set of ours that is not part of its table. */
    public boolean refersToSets() {
        return anyForm(form -> form.contains(" --match-set " + CidrSet.PREFIX));
    }

    private boolean anyForm(Predicate<String> wanted) {
        for (LoadedTable table : tables.values()) {
            for (List<LoadedRule> rules : table.chains().values()) {
                for (LoadedRule rule : rules) {
                    if (wanted.test(rule.form())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The marks of connections that the proxy has in TPROXY mode, to which policy routing belongs. */
    public Set<Long> marks() {
        Set<Long> marks = new LinkedHashSet<>();
        for (LoadedTable table : tables.values()) {
            for (String chain : List.of(Chain.ISTIO_DIVERT.name(), Chain.ISTIO_DIVERT.nftables())) {
                for (LoadedRule rule : table.rules(chain)) {
                    Matcher mark = Shapes.MARK.matcher(rule.form());
                    if (mark.matches()) {
                        marks.add(mark.group(1) == null ? Long.parseLong(mark.group(2)) : Long.decode(mark.group(1)));
                    }
                }
            }
        }
        return marks;
    }

    /** Number of rules in all chains. */
    public int ruleCount() {
        return tables.values().stream().flatMap(table -> table.chains().values().stream()).mapToInt(List::size).sum();
    }
}
