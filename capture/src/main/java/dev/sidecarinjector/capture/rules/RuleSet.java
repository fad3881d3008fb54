package dev.sidecarinjector.capture.rules;

import dev.sidecarinjector.capture.address.Family;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything that capture needs in the kernel.
 *
 * @param families for which rules are made, IPv4 first
 * @param rules    in the order in which they are added
 */
public record RuleSet(Backend backend, List<Family> families, List<Rule> rules, Routing routing) {
    /** The rules of one family, in the order in which they are added. */
    public List<Rule> rules(Family family) {
        List<Rule> ofFamily = new ArrayList<>(rules.size());
        for (Rule rule : rules) {
            if (rule.isIn(family)) {
                ofFamily.add(rule);
            }
        }
        return ofFamily;
    }

    /** The rules of one table, of whichever families, in the order in which they are added. */
    public List<Rule> of(Table table) {
        List<Rule> ofTable = new ArrayList<>();
        for (Rule rule : rules) {
            if (rule.table() == table) {
                ofTable.add(rule);
            }
        }
        return ofTable;
    }

    /** Tables with rules of a family, in the order of {@link Table}. */
    public List<Table> tables(Family family) {
        Set<Table> tables = EnumSet.noneOf(Table.class);
        for (Rule rule : rules) {
            if (rule.isIn(family)) {
                tables.add(rule.table());
            }
        }
        return List.copyOf(tables);
    }

    /** Chains with rules of a family in a table, in the order in which the first rule of each is added. */
    public List<Chain> chains(Family family, Table table) {
        Set<Chain> chains = new LinkedHashSet<>();
        for (Rule rule : rules) {
            if (rule.isIn(family) && rule.table() == table) {
                chains.add(rule.chain());
            }
        }
        return List.copyOf(chains);
    }

    /** A chain as it is when all rules are added: what was inserted stands where it ended up. */
    public List<Rule> chain(Family family, Table table, Chain chain) {
        List<Rule> order = new ArrayList<>();
        for (Rule rule : rules(family)) {
            if (rule.table() == table && rule.chain() == chain) {
                int index = rule.insertAt() == 0 ? order.size() : Math.min(rule.insertAt() - 1, order.size());
                order.add(index, rule);
            }
        }
        return order;
    }

    /** The sets that rules look prefixes up in. */
    public List<CidrSet> sets() {
        return sets(rules);
    }

    /** The same, of some rules. */
    public static List<CidrSet> sets(List<Rule> rules) {
        List<CidrSet> sets = new ArrayList<>();
        for (Rule rule : rules) {
            for (Match match : rule.matches()) {
                if (match instanceof Match.InSet in && !sets.contains(in.set())) {
                    sets.add(in.set());
                }
            }
        }
        return sets;
    }

    /** The same with other rules. */
    public RuleSet with(List<Rule> others) {
        return new RuleSet(backend, families, others, routing);
    }
}
