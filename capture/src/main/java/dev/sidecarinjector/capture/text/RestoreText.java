package dev.sidecarinjector.capture.text;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.Rule;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.rules.Table;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** The text that loads a rule set into an empty namespace with {@code iptables-restore --noflush} (spec section 3.1). */
public final class RestoreText {
    /**
     * A rule in words.
     *
     * @param insertAt position from 1; 0 for the end
     */
    public record Line(String table, String chain, int insertAt, List<String> words) {
        private String text() {
            return (insertAt == 0 ? "-A " + chain : "-I " + chain + " " + insertAt) + " " + String.join(" ", words);
        }
    }

    private static final Set<String> BUILT_IN = Set.of("INPUT", "OUTPUT", "FORWARD", "PREROUTING", "POSTROUTING", "ACCEPT", "RETURN",
            "DROP");

    private RestoreText() {}

    /** The rules of one family, tables by name, as the reference implementation writes it; empty where the family has none. */
    public static String of(RuleSet rules, Family family) {
        return of(lines(rules, family));
    }

    /**
     * The same, with the table that redirects last. Tables change one after the other: a run that is killed between two must not leave connections or queries
     * captured without the marks and zones that the others give them.
     */
    public static String toLoad(RuleSet rules, Family family) {
        List<Line> lines = lines(rules, family);
        String nat = Table.NAT.iptables();
        List<Line> others = new ArrayList<>();
        List<Line> redirecting = new ArrayList<>();
        for (Line line : lines) {
            (line.table().equals(nat) ? redirecting : others).add(line);
        }
        return of(others) + of(redirecting);
    }

    private static List<Line> lines(RuleSet rules, Family family) {
        List<Line> lines = new ArrayList<>();
        for (Rule rule : rules.rules(family)) {
            lines.add(new Line(rule.table().iptables(), rule.chain().name(), rule.insertAt(), IptablesWords.of(rule)));
        }
        return lines;
    }

    /** Any rules; tables come sorted by name, rules in the order in which they are given. */
    public static String of(List<Line> lines) {
        StringBuilder text = new StringBuilder();
        Map<String, List<Line>> tables = new TreeMap<>();
        for (Line line : lines) {
            tables.computeIfAbsent(line.table(), _ -> new ArrayList<>()).add(line);
        }
        for (Map.Entry<String, List<Line>> table : tables.entrySet()) {
            List<Line> ofTable = table.getValue();
            text.append("* ").append(table.getKey()).append('\n');
            newChains(ofTable).forEach(chain -> text.append("-N ").append(chain).append('\n'));
            ofTable.forEach(line -> text.append(line.text()).append('\n'));
            text.append("COMMIT\n");
        }
        return text.toString();
    }

    /** Those with rules first, then those that are only jumped to: a jump needs its chain. A target with options is no chain. */
    private static Set<String> newChains(List<Line> lines) {
        Set<String> chains = new LinkedHashSet<>();
        lines.forEach(line -> chains.add(line.chain()));
        for (Line line : lines) {
            List<String> words = line.words();
            if (words.size() > 1 && words.get(words.size() - 2).equals("-j")) {
                chains.add(words.getLast());
            }
        }
        chains.removeAll(BUILT_IN);
        return chains;
    }
}
