package dev.sidecarinjector.capture.text;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.Chain;
import dev.sidecarinjector.capture.rules.Rule;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.rules.Table;
import dev.sidecarinjector.capture.rules.Target;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The text that loads a rule set into an empty namespace with {@code iptables-restore --noflush} (spec section 3.1). */
public final class RestoreText {
    private RestoreText() {}

    /** The rules of one family; empty where it has none. */
    public static String of(RuleSet rules, Family family) {
        StringBuilder text = new StringBuilder();
        for (Table table : rules.tables(family)) {
            List<Rule> ofTable = rules.rules(family).stream().filter(rule -> rule.table() == table).toList();
            text.append("* ").append(table.iptables()).append('\n');
            newChains(ofTable).forEach(chain -> text.append("-N ").append(chain).append('\n'));
            ofTable.forEach(rule -> text.append(line(rule)).append('\n'));
            text.append("COMMIT\n");
        }
        return text.toString();
    }

    /** The rule as an option that adds it. */
    static String line(Rule rule) {
        String command = rule.insertAt() == 0 ? "-A " + rule.chain() : "-I " + rule.chain() + " " + rule.insertAt();
        return command + " " + String.join(" ", IptablesWords.of(rule));
    }

    /** Those with rules first, then those that are only jumped to: a jump needs its chain. */
    private static Set<Chain> newChains(List<Rule> rules) {
        Set<Chain> chains = new LinkedHashSet<>();
        rules.stream().map(Rule::chain).filter(chain -> !chain.isBuiltIn()).forEach(chains::add);
        for (Rule rule : rules) {
            if (rule.target() instanceof Target.Jump(Chain chain)) {
                chains.add(chain);
            }
        }
        return chains;
    }
}
