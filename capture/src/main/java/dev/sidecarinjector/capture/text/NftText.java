package dev.sidecarinjector.capture.text;

import dev.sidecarinjector.capture.address.Cidr;
import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.Chain;
import dev.sidecarinjector.capture.rules.CidrSet;
import dev.sidecarinjector.capture.rules.Match;
import dev.sidecarinjector.capture.rules.Rule;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.rules.Table;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The text that loads a rule set with {@code nft -f}: one transaction, which replaces every table that has rules (spec section 7). */
public final class NftText {
    /** The order in which tables are written. */
    public static final List<Table> TABLES = List.of(Table.NAT, Table.MANGLE, Table.RAW);
    /** So many elements of a set fit into one line, and one message to the kernel, with room to spare. */
    private static final int ELEMENTS = 500;

    /**
     * A rule in words.
     *
     * @param insertAt position from 1; 0 for the end
     */
    public record Line(String chain, int insertAt, String text) {}

    private NftText() {}

    /** All tables, with the elements of sets. */
    public static String of(RuleSet rules) {
        StringBuilder text = new StringBuilder();
        for (Table table : TABLES) {
            List<Rule> ofTable = rules.of(table);
            if (!ofTable.isEmpty()) {
                text.append("add table inet ").append(table.nftables()).append('\n');
                text.append("flush table inet ").append(table.nftables()).append('\n');
                for (CidrSet set : RuleSet.sets(ofTable)) {
                    text.append(declaration(table, set));
                    elements(table, set).forEach(text::append);
                }
                text.append(body(table, ofTable));
            }
        }
        return text.toString();
    }

    /** Chains and rules of a table that is there and empty. */
    public static String body(Table table, List<Rule> rules) {
        StringBuilder text = new StringBuilder();
        Set<Chain> chains = EnumSet.noneOf(Chain.class);
        List<Line> lines = new ArrayList<>();
        for (Rule rule : rules) {
            chains.add(rule.chain());
            lines.add(new Line(rule.chain().nftables(), rule.insertAt(), NftWords.of(rule)));
        }
        for (Chain chain : chains) {
            text.append("add chain inet ").append(table.nftables()).append(' ').append(chain.nftables()).append(hook(table, chain))
                    .append('\n');
        }
        for (String line : additions(table.nftables(), lines)) {
            text.append(line).append('\n');
        }
        return text.toString();
    }

    /** Commands that add rules to empty chains. Inserting where nothing follows is an error to nft: there the rule is added. */
    public static List<String> additions(String table, List<Line> lines) {
        List<String> commands = new ArrayList<>();
        Map<String, Integer> lengths = new HashMap<>();
        for (Line line : lines) {
            int length = lengths.merge(line.chain(), 1, Integer::sum) - 1;
            boolean insert = line.insertAt() > 0 && line.insertAt() - 1 < length;
            commands.add((insert ? "insert" : "add") + " rule inet " + table + " " + line.chain()
                    + (insert ? " index " + (line.insertAt() - 1) + " " : " ") + line.text());
        }
        return commands;
    }

    /** A set without elements. */
    public static String declaration(Table table, CidrSet set) {
        return "add set inet " + table.nftables() + " " + set.name() + " { type "
                + (set.family() == Family.IPV4 ? "ipv4_addr" : "ipv6_addr")
                + " ; flags interval ; auto-merge ; }\n";
    }

    /** The elements of a set, as lines that can be sent one by one. */
    public static List<String> elements(Table table, CidrSet set) {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < set.cidrs().size(); from += ELEMENTS) {
            List<String> some = new ArrayList<>(ELEMENTS);
            for (Cidr cidr : set.cidrs().subList(from, Math.min(from + ELEMENTS, set.cidrs().size()))) {
                some.add(cidr.toString());
            }
            lines.add("add element inet " + table.nftables() + " " + set.name() + " { " + String.join(", ", some) + " }\n");
        }
        return lines;
    }

    private static String hook(Table table, Chain chain) {
        if (!chain.isBuiltIn()) {
            return "";
        }
        String type = table == Table.NAT ? "nat" : table == Table.MANGLE && chain == Chain.OUTPUT ? "route" : "filter";
        int priority = switch (table) {
            case NAT -> -100;
            case MANGLE -> -150;
            case RAW -> -300;
        };
        return " { type " + type + " hook " + chain.nftables() + " priority " + priority + " ; }";
    }
}
