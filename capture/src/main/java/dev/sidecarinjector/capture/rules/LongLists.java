package dev.sidecarinjector.capture.rules;

import dev.sidecarinjector.capture.address.Cidr;
import dev.sidecarinjector.capture.address.CidrMerge;
import dev.sidecarinjector.capture.address.Family;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shortens long lists of destinations: rules that stand together and differ in nothing but a prefix become one rule with a set, or fewer rules with merged
 * prefixes. Every address meets the same fate as before.
 */
public final class LongLists {
    /**
     * Lists up to here stay as they were given. From about here on the rules of nftables cost a connection more than a fifth of what it takes without a list;
     * to load, rules are the quicker way up to some hundreds (docs/performance.md, {@code bench/capture --threshold}).
     */
    public static final int THRESHOLD = 100;

    /** What the rules of a list have in common; the reason too, so that each list keeps its own. */
    private record Shape(Family family, Table table, Chain chain, boolean inserted, List<Match> others, Target target,
            Why why) {
        /** Null for a rule that is not of a list. */
        static @Nullable Shape of(Rule rule) {
            Cidr cidr = cidr(rule);
            if (cidr == null || rule.insertAt() > 1) {
                return null;
            }
            List<Match> others = List.of();
            for (Match match : rule.matches()) {
                if (!isList(match)) {
                    others = others.isEmpty() ? new ArrayList<>(4) : others;
                    others.add(match);
                }
            }
            return new Shape(cidr.family(), rule.table(), rule.chain(), rule.insertAt() == 1, others, rule.target(), rule.why());
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

    /** Lists that stand together: neighbours in their chain, with the same target. */
    private static final class Run {
        final Map<Shape, List<Rule>> lists = new LinkedHashMap<>();
        final List<Rule> rules = new ArrayList<>();
        private @Nullable Shape last;
        private List<Rule> lastList = List.of();

        void add(Rule rule, @Nullable Shape shape) {
            rules.add(rule);
            if (shape == null) {
                return;
            }
            // The list of the rule before is nearly always the right one.
            if (!shape.equals(last)) {
                last = shape;
                lastList = lists.computeIfAbsent(shape, _ -> new ArrayList<>());
            }
            lastList.add(rule);
        }

        boolean takes(@Nullable Shape shape) {
            return shape != null && last != null && shape.standsWith(last);
        }
    }

    /** Rules of one chain are looked at together, since only their order among each other counts. */
    private List<Rule> shortened(List<Rule> rules) {
        Map<Table, Map<Chain, Run>> newest = new EnumMap<>(Table.class);
        List<Run> order = new ArrayList<>();
        for (Rule rule : rules) {
            Map<Chain, Run> ofTable = newest.computeIfAbsent(rule.table(), _ -> new EnumMap<>(Chain.class));
            Shape shape = Shape.of(rule);
            Run run = ofTable.get(rule.chain());
            if (run == null || !run.takes(shape)) {
                run = new Run();
                ofTable.put(rule.chain(), run);
                order.add(run);
            }
            run.add(rule, shape);
        }
        List<Rule> result = new ArrayList<>();
        for (Run run : order) {
            shorten(run, result);
        }
        return result;
    }

    private void shorten(Run run, List<Rule> result) {
        int longest = 0;
        for (List<Rule> list : run.lists.values()) {
            longest = Math.max(longest, list.size());
        }
        if (longest <= threshold) {
            result.addAll(run.rules);
            return;
        }
        for (List<Rule> list : run.lists.values()) {
            result.addAll(list.size() > threshold ? shortenedList(list) : list);
        }
    }

    private List<Rule> shortenedList(List<Rule> list) {
        List<Cidr> given = new ArrayList<>(list.size());
        for (Rule rule : list) {
            Cidr cidr = cidr(rule);
            if (cidr != null) {
                given.add(cidr);
            }
        }
        List<Cidr> cidrs = CidrMerge.merged(given);
        Rule first = list.getFirst();
        if (!sets) {
            List<Rule> rules = new ArrayList<>(cidrs.size());
            for (Cidr cidr : cidrs) {
                rules.add(replaced(first, new Match.Address(Direction.DESTINATION, cidr, false)));
            }
            return rules;
        }
        return List.of(replaced(first, new Match.InSet(Direction.DESTINATION, new CidrSet(name(cidrs), cidrs.getFirst().family(), cidrs))));
    }

    private static Rule replaced(Rule rule, Match list) {
        List<Match> matches = new ArrayList<>(rule.matches().size());
        for (Match match : rule.matches()) {
            matches.add(isList(match) ? list : match);
        }
        return new Rule(rule.families(), rule.table(), rule.chain(), rule.insertAt(), matches, rule.target(), rule.why());
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
        String digits = Long.toHexString(hash);
        return CidrSet.PREFIX + (cidrs.getFirst().family() == Family.IPV4 ? "4-" : "6-") + "0".repeat(16 - digits.length()) + digits;
    }

    private static boolean isList(Match match) {
        return match instanceof Match.Address address && address.direction() == Direction.DESTINATION && !address.negated();
    }

    private static @Nullable Cidr cidr(Rule rule) {
        for (Match match : rule.matches()) {
            if (match instanceof Match.Address address && isList(match)) {
                return address.cidr();
            }
        }
        return null;
    }
}
