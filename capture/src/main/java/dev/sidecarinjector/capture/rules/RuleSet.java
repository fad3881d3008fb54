package dev.sidecarinjector.capture.rules;

import dev.sidecarinjector.capture.address.Family;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

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

    /** Tables with rules of a family, in the order of {@link Table}. */
    public List<Table> tables(Family family) {
        return rules(family).stream().map(Rule::table).distinct().sorted().toList();
    }

    /** Chains with rules of a family in a table, in the order in which the first rule of each is added. */
    public List<Chain> chains(Family family, Table table) {
        return rules(family).stream().filter(rule -> rule.table() == table).map(Rule::chain).distinct().toList();
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
        return rules.stream().flatMap(rule -> rule.matches().stream()).map(match -> match instanceof Match.InSet in ? in.set() : null)
                .filter(Objects::nonNull).distinct().toList();
    }

    /** The same with other rules. */
    public RuleSet with(List<Rule> others) {
        return new RuleSet(backend, families, others, routing);
    }
}
