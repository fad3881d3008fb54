package dev.sidecarinjector.capture.rules;

import dev.sidecarinjector.capture.address.Cidr;
import dev.sidecarinjector.capture.address.CidrMerge;
import dev.sidecarinjector.capture.address.Family;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Shortens long lists of destinations: rules that stand together and differ in nothing but a prefix become one rule with a set, or fewer rules with merged
 * prefixes. Every address meets the same fate as before.
 */
public final class LongLists {
    /** Lists up to here stay as they were given. */
    public static final int THRESHOLD = 100;

    /** What the rules of a list have in common; the reason too, so that each list keeps its own. */
    private record Shape(Family family, Table table, Chain chain, boolean inserted, List<Match> others, Target target,
            Why why) {
        /** Null for a rule that is not of a list. */
        static @Nullable Shape of(Rule rule) {
            Cidr cidr = cidr(rule);
            return cidr == null || rule.insertAt() > 1
                    ? null
                    : new Shape(cidr.family(), rule.table(), rule.chain(), rule.insertAt() == 1,
                            rule.matches().stream().filter(match -> !isList(match)).toList(), rule.target(),
                            rule.why());
        }

        /** Rules with the same target can change places; what is inserted lands in front. */
        boolean standsWith(Shape other) {
            return table == other.table && chain == other.chain && inserted == other.inserted && target.equals(other.target);
        }
    }

    private final int threshold;
    private final boolean sets;

    private LongLists(int threshold, boolean sets) {
        this.threshold = threshold;
        this.sets = sets;
    }

    /** Lists of more than {@code threshold} prefixes become sets, each with a name that tells its content. */
    public static RuleSet inSets(RuleSet rules, int threshold) {
        return rules.with(new LongLists(threshold, true).shortened(rules.rules()));
    }

    /** Lists of more than {@code threshold} prefixes are merged. */
    public static RuleSet merged(RuleSet rules, int threshold) {
        return rules.with(new LongLists(threshold, false).shortened(rules.rules()));
    }

    /** Rules of one chain are looked at together, since only their order among each other counts. */
    private List<Rule> shortened(List<Rule> rules) {
        Map<Object, List<List<Rule>>> runs = new LinkedHashMap<>();
        List<List<Rule>> order = new ArrayList<>();
        for (Rule rule : rules) {
            List<List<Rule>> ofChain = runs.computeIfAbsent(List.of(rule.table(), rule.chain()), _ -> new ArrayList<>());
            Shape shape = Shape.of(rule);
            List<Rule> last = ofChain.isEmpty() ? List.of() : ofChain.getLast();
            Shape before = last.isEmpty() ? null : Shape.of(last.getFirst());
            if (shape != null && before != null && shape.standsWith(before)) {
                last.add(rule);
            } else {
                List<Rule> run = new ArrayList<>(List.of(rule));
                ofChain.add(run);
                order.add(run);
            }
        }
        return order.stream().flatMap(run -> shortenedRun(run).stream()).toList();
    }

    private List<Rule> shortenedRun(List<Rule> run) {
        Map<Shape, List<Rule>> lists = new LinkedHashMap<>();
        for (Rule rule : run) {
            Shape shape = Shape.of(rule);
            if (shape == null) {
                return run;
            }
            lists.computeIfAbsent(shape, _ -> new ArrayList<>()).add(rule);
        }
        if (lists.values().stream().noneMatch(list -> list.size() > threshold)) {
            return run;
        }
        return lists.values().stream().flatMap(list -> (list.size() > threshold ? shortenedList(list) : list).stream()).toList();
    }

    private List<Rule> shortenedList(List<Rule> list) {
        List<Cidr> cidrs = CidrMerge.merged(list.stream().map(LongLists::cidr).filter(Objects::nonNull).toList());
        Rule first = list.getFirst();
        if (!sets) {
            return cidrs.stream().map(cidr -> replaced(first, new Match.Address(Direction.DESTINATION, cidr, false))).toList();
        }
        return List.of(replaced(first, new Match.InSet(Direction.DESTINATION, new CidrSet(name(cidrs), cidrs.getFirst().family(), cidrs))));
    }

    private static Rule replaced(Rule rule, Match list) {
        return new Rule(rule.families(), rule.table(), rule.chain(), rule.insertAt(),
                rule.matches().stream().map(match -> isList(match) ? list : match).toList(), rule.target(), rule.why());
    }

    /** Changed content is another name: rules change from one set to the other at once, and a run compares names only. */
    private static String name(List<Cidr> cidrs) {
        long hash = 0xcbf29ce484222325L;
        for (Cidr cidr : cidrs) {
            for (long part : new long[]{cidr.address().high(), cidr.address().low(), cidr.length()}) {
                // FNV-1a, over words and with the upper half mixed in.
                hash = (hash ^ part) * 0x100000001b3L;
                hash ^= hash >>> 32;
            }
        }
        return String.format("istio-%s-%016x", cidrs.getFirst().family() == Family.IPV4 ? "4" : "6", hash);
    }

    private static boolean isList(Match match) {
        return match instanceof Match.Address(Direction direction, _, boolean negated) && direction == Direction.DESTINATION && !negated;
    }

    private static @Nullable Cidr cidr(Rule rule) {
        return rule.matches().stream().filter(LongLists::isList).map(match -> ((Match.Address) match).cidr()).findFirst().orElse(null);
    }
}
