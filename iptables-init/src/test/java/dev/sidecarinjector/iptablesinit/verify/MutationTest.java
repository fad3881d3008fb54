package dev.sidecarinjector.iptablesinit.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.Chain;
import dev.sidecarinjector.capture.rules.Match;
import dev.sidecarinjector.capture.rules.Rule;
import dev.sidecarinjector.capture.rules.RuleSet;
import dev.sidecarinjector.capture.rules.Table;
import dev.sidecarinjector.capture.rules.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Any one rule that is missing, or another than it should be, is noticed; those of which no connection can notice it are named, with the reason. */
class MutationTest {
    private static final String ON_LO = "on lo an earlier rule has returned everybody: who is not the proxy's user, and who is";
    private static final String OF_GROUP = "(-o lo ! -d \\S+ -p tcp ! --dport 15008 -m owner --gid-owner 1337 -j ISTIO_IN_REDIRECT"
            + "|-o lo -m owner ! --gid-owner 1337 -j RETURN)";
    private static final String ANSWERS = "an answer of a real server finds the agent's socket in any zone; this rule keeps the books of connection tracking";

    /** By configuration, expressions for the lines of rules that can be absent without any connection going another way. */
    private static final Map<Configuration, Map<String, String>> SURVIVORS = Map.of(//
            Configuration.DEFAULT, Map.of(//
                    "nat -A ISTIO_OUTPUT " + OF_GROUP, ON_LO, //
                    "nat -A ISTIO_OUTPUT -d 127.0.0.1/32 -j RETURN", ON_LO),
            Configuration.TPROXY, Map.of(//
                    "nat -A ISTIO_OUTPUT " + OF_GROUP, ON_LO, //
                    "nat -A ISTIO_OUTPUT -d 127.0.0.1/32 -j RETURN", ON_LO, //
                    "nat -A ISTIO_INBOUND -p tcp --dport 15008 -j RETURN", "nobody jumps to this chain in this mode", //
                    "mangle -A ISTIO_INBOUND -p tcp -m mark --mark 1337 -j RETURN",
                    "only packets on lo can have the mark, and the rule for lo returns them, too"),
            Configuration.DNS, Map.of(//
                    "nat -A ISTIO_OUTPUT -o lo -p tcp ! --dport 53 -m owner ! --gid-owner 1337 -j RETURN", ON_LO, //
                    "nat -A ISTIO_OUTPUT -d 127.0.0.1/32 -j RETURN",
                    "only DNS on lo gets this far, and the rules for DNS stand before this one", //
                    "raw -A PREROUTING -j ISTIO_INBOUND", ANSWERS, //
                    "raw -A ISTIO_INBOUND -p udp --sport 53 -j CT --zone 1", ANSWERS),
            Configuration.DUAL_STACK, Map.of(//
                    "nat -A ISTIO_OUTPUT -o lo -p tcp ! --dport 53 -m owner ! --gid-owner 1337 -j RETURN", ON_LO, //
                    "raw -A PREROUTING -j ISTIO_INBOUND", ANSWERS, //
                    "raw -A ISTIO_INBOUND -p udp --sport 53 -s \\S+ -j CT --zone 1", ANSWERS),
            Configuration.LISTS, Map.of(//
                    "nat -A ISTIO_OUTPUT " + OF_GROUP, ON_LO, //
                    "nat -A ISTIO_OUTPUT -d 127.0.0.1/32 -j RETURN", ON_LO, //
                    "nat -A ISTIO_OUTPUT -p udp --dport \\d+ -j RETURN", "UDP is captured where DNS is, and nowhere else", //
                    "nat -A ISTIO_INBOUND -p tcp --dport 15008 -j RETURN", "the port is not in the list of those that are captured"));

    @ParameterizedTest
    @EnumSource
    void aMissingRuleIsNoticed(Configuration configuration) {
        try (VerifiedPod pod = new VerifiedPod("nft", configuration.commandLine()).load()) {
            assertThat(pod.verify().text()).contains(" 0 failed,");
            Map<String, String> unnoticed = new TreeMap<>();
            Map<String, String> reasons = SURVIVORS.get(configuration);
            for (Family family : pod.rules.families()) {
                RuleSet rules = inOrder(pod.rules, family);
                for (Rule rule : rules.rules()) {
                    pod.load(family, rules.with(without(rules.rules(), rule)));
                    boolean named = reasons.keySet().stream().anyMatch(pod.line(family, rule)::matches);
                    if (pod.verify().hasFailed() == named) {
                        unnoticed.put(family + " " + pod.line(family, rule), named ? "named, but noticed" : "not noticed");
                    }
                }
                pod.load(family, rules);
            }
            assertThat(unnoticed).isEmpty();
        }
    }

    @Test
    void aMissingRuleOfNativeNftablesIsNoticed() {
        try (VerifiedPod pod = new VerifiedPod("native", Configuration.DEFAULT.commandLine()).load()) {
            Map<String, String> reasons = SURVIVORS.get(Configuration.DEFAULT);
            List<String> unnoticed = new ArrayList<>();
            for (Rule rule : pod.rules.rules()) {
                // A chain that is jumped to must be there, even if nothing is in it.
                pod.load(Family.IPV4, pod.rules.with(replaced(pod.rules.rules(), rule, nothing(rule))));
                if (!pod.verify().hasFailed() && reasons.keySet().stream().noneMatch(pod.line(Family.IPV4, rule)::matches)) {
                    unnoticed.add(pod.line(Family.IPV4, rule));
                }
            }
            assertThat(unnoticed).isEmpty();
        }
    }

    @Test
    void aRuleThatIsAnotherIsNoticed() {
        try (VerifiedPod pod = new VerifiedPod("legacy", Configuration.DEFAULT.commandLine()).load()) {
            Map<String, String> reasons = SURVIVORS.get(Configuration.DEFAULT);
            List<String> unnoticed = new ArrayList<>();
            RuleSet rules = inOrder(pod.rules, Family.IPV4);
            for (Rule rule : rules.rules()) {
                pod.load(Family.IPV4, rules.with(replaced(rules.rules(), rule, altered(rule))));
                if (!pod.verify().hasFailed() && reasons.keySet().stream().noneMatch(pod.line(Family.IPV4, rule)::matches)) {
                    unnoticed.add(pod.line(Family.IPV4, altered(rule)));
                }
            }
            assertThat(unnoticed).isEmpty();
        }
    }

    /** Another port, another owner, or at least another end. */
    private static Rule altered(Rule rule) {
        Target target = switch (rule.target()) {
            case Target.Redirect(String port) -> new Target.Redirect(Integer.toString(Integer.parseInt(port) + 1));
            case Target.Jump _ -> new Target.Return();
            default -> rule.target();
        };
        List<Match> matches = target.equals(rule.target()) ? rule.matches().stream().map(MutationTest::altered).toList() : rule.matches();
        return new Rule(rule.families(), rule.table(), rule.chain(), 0, matches, target, rule.why());
    }

    private static Match altered(Match match) {
        return switch (match) {
            case Match.Owner(Match.Account account, _, boolean negated) -> new Match.Owner(account, "4242", negated);
            case Match.Port(var direction, var protocol, String port, boolean negated) ->
                new Match.Port(direction, protocol, Integer.toString(Integer.parseInt(port) + 1), negated);
            case Match.ToInterface _ -> new Match.ToInterface("eth7");
            default -> match;
        };
    }

    private static Rule nothing(Rule rule) {
        return new Rule(rule.families(), rule.table(), rule.chain(), rule.insertAt(), List.of(new Match.FromInterface("none")),
                rule.target() instanceof Target.Jump ? rule.target() : new Target.Return(), rule.why());
    }

    private static List<Rule> without(List<Rule> rules, Rule rule) {
        return rules.stream().filter(other -> !other.equals(rule)).toList();
    }

    private static List<Rule> replaced(List<Rule> rules, Rule rule, Rule by) {
        return rules.stream().map(other -> other.equals(rule) ? by : other).toList();
    }

    /** As they stand in the chains, so that one can be left out without moving those that were inserted. */
    private static RuleSet inOrder(RuleSet rules, Family family) {
        List<Rule> order = new ArrayList<>();
        for (Table table : rules.tables(family)) {
            for (Chain chain : rules.chains(family, table)) {
                rules.chain(family, table, chain).forEach(rule -> order.add(
                        new Rule(rule.families(), rule.table(), rule.chain(), 0, rule.matches(), rule.target(), rule.why())));
            }
        }
        return rules.with(order);
    }
}
