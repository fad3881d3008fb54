package dev.sidecarinjector.capture.state;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.CidrSet;
import dev.sidecarinjector.capture.rules.Rule;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.rules.Table;
import dev.sidecarinjector.capture.text.NftText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The texts for {@code nft -f} that turn what is loaded into what is wanted. */
public final class NftTransaction {
    /** So many lines of elements go into one stage: the usual buffer of a socket, 212,992 bytes, holds 2,900 elements of IPv4, 1,900 of IPv6. */
    private static final int LINES_IPV4 = 5;
    private static final int LINES_IPV6 = 3;

    private final Loaded loaded;
    private final RuleSet rules;

    private NftTransaction(Loaded loaded, RuleSet rules) {
        this.loaded = loaded;
        this.rules = rules;
    }

    /**
     * Texts to be loaded one after the other: one that fills sets that no rule uses yet, where there are any, and one that changes all tables at once. In the
     * same text the rules would be there a moment before the elements of their sets, which the kernel commits last. A run that is killed between them leaves
     * everything as it was, but for a set that the next run fills again.
     *
     * @return one or two; the last is without effect where everything is as it is wanted, which {@link Comparison#nftables} tells
     */
    public static List<String> replace(Loaded loaded, RuleSet rules) {
        List<String> stages = replaceInStages(loaded, rules);
        return stages.size() == 1 ? stages : List.of(String.join("", stages.subList(0, stages.size() - 1)), stages.getLast());
    }

    /**
     * The same, filling sets in more steps, for where a socket does not take long messages: in a user namespace. It takes longer, since nft looks at the
     * whole set at each of them.
     *
     * @return at least one
     */
    public static List<String> replaceInStages(Loaded loaded, RuleSet rules) {
        return new NftTransaction(loaded, rules).texts();
    }

    /** Removes our tables; without effect where none is loaded. */
    public static String cleanup(Loaded loaded) {
        StringBuilder text = new StringBuilder();
        for (Table table : NftText.TABLES) {
            drop(loaded, table, text);
        }
        return text.toString();
    }

    /**
     * Deleting what isn't there is an error. The usual way around it, to add the table first, makes the kernel wait until nobody can be reading it: 12 ms of a
     * first run.
     */
    private static void drop(Loaded loaded, Table table, StringBuilder text) {
        if (loaded.tables().containsKey(table.nftables())) {
            text.append("delete table inet ").append(table.nftables()).append('\n');
        }
    }

    private List<String> texts() {
        List<String> texts = new ArrayList<>();
        StringBuilder change = new StringBuilder();
        for (Table table : NftText.TABLES) {
            List<Rule> ofTable = rules.of(table);
            if (ofTable.isEmpty()) {
                drop(loaded, table, change);
                continue;
            }
            List<CidrSet> sets = RuleSet.sets(ofTable);
            for (CidrSet set : sets) {
                // One that a rule uses is complete.
                if (!loaded.refersTo(set.name())) {
                    texts.addAll(fill(table, set));
                }
            }
            empty(table, ofTable, sets, change);
            change.append(NftText.body(table, ofTable));
        }
        texts.add(change.toString());
        return texts;
    }

    private List<String> fill(Table table, CidrSet set) {
        List<String> texts = new ArrayList<>();
        String name = table.nftables() + " " + set.name();
        String start = "add table inet " + table.nftables() + "\n" + NftText.declaration(table, set) + "flush set inet " + name + "\n";
        List<String> lines = NftText.elements(table, set);
        int most = set.family() == Family.IPV4 ? LINES_IPV4 : LINES_IPV6;
        for (int from = 0; from < lines.size(); from += most) {
            String some = String.join("", lines.subList(from, Math.min(from + most, lines.size())));
            texts.add(from == 0 ? start + some : some);
        }
        return texts;
    }

    /**
     * The table stays with its sets and its hooks; rules, and chains and sets that are not wanted any more, go. Were a hook made anew, a packet could look at
     * the new one before the change and at the old one after it, and find both empty.
     */
    private void empty(Table table, List<Rule> wanted, List<CidrSet> sets, StringBuilder text) {
        String name = table.nftables();
        text.append("add table inet ").append(name).append("\nflush table inet ").append(name).append('\n');
        Set<String> chains = new LinkedHashSet<>(loaded.table(name).chains().keySet());
        wanted.forEach(rule -> chains.remove(rule.chain().nftables()));
        chains.forEach(chain -> text.append("delete chain inet ").append(name).append(' ').append(chain).append('\n'));
        Set<String> old = new LinkedHashSet<>(loaded.table(name).sets());
        sets.forEach(set -> old.remove(set.name()));
        old.forEach(set -> text.append("delete set inet ").append(name).append(' ').append(set).append('\n'));
    }
}
