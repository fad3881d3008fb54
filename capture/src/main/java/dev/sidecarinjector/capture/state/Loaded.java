package dev.sidecarinjector.capture.state;

import dev.sidecarinjector.capture.rules.Chain;
import dev.sidecarinjector.capture.rules.CidrSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What is in the kernel, of one family for iptables, of our own tables for nftables.
 *
 * @param tables by name
 */
public record Loaded(Map<String, LoadedTable> tables) {
    public static final Loaded NOTHING = new Loaded(Map.of());

    private static final String IPTABLES_MARK = "-j MARK --set-xmark ";
    private static final String WHOLE = "/0xffffffff";
    private static final String NFT_MARK = "counter mark set ";

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
        for (LoadedTable table : tables.values()) {
            for (List<LoadedRule> rules : table.chains().values()) {
                for (LoadedRule rule : rules) {
                    String form = " " + rule.form() + " ";
                    if (form.contains(" --match-set " + set + " ") || form.contains(" @" + set + " ")) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** Whether a rule looks something up in a set of ours that is not part of its table. */
    public boolean refersToSets() {
        for (LoadedTable table : tables.values()) {
            for (List<LoadedRule> rules : table.chains().values()) {
                for (LoadedRule rule : rules) {
                    if (rule.form().contains(" --match-set " + CidrSet.PREFIX)) {
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
                    OptionalLong mark = mark(rule.form());
                    if (mark.isPresent()) {
                        marks.add(mark.getAsLong());
                    }
                }
            }
        }
        return marks;
    }

    /** The mark that a rule sets, and does nothing else. */
    private static OptionalLong mark(String form) {
        try {
            if (form.startsWith(IPTABLES_MARK) && form.endsWith(WHOLE)) {
                return OptionalLong.of(Long.decode(form.substring(IPTABLES_MARK.length(), form.length() - WHOLE.length())));
            }
            return form.startsWith(NFT_MARK) ? OptionalLong.of(Long.parseLong(form.substring(NFT_MARK.length()))) : OptionalLong.empty();
        } catch (NumberFormatException _) {
            return OptionalLong.empty();
        }
    }

    /** Number of rules in all chains. */
    public int ruleCount() {
        return tables.values().stream().flatMap(table -> table.chains().values().stream()).mapToInt(List::size).sum();
    }
}
