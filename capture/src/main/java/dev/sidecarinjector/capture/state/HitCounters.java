package dev.sidecarinjector.capture.state;

import dev.sidecarinjector.capture.address.Family;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the counters of our rules, whichever settings made them; rules of others are left out. */
public final class HitCounters {
    private static final Pattern IPTABLES = Pattern.compile("\\[(\\d+):(\\d+)] -A (\\S+).*");
    private static final Pattern NFTABLES = Pattern.compile("counter packets (\\d+) bytes (\\d+)");

    private record Count(long packets, long bytes) {
        static final Count NONE = new Count(0, 0);

        static Count of(Matcher matcher) {
            return new Count(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2)));
        }
    }

    private HitCounters() {}

    /** What {@code iptables-save -c} or {@code ip6tables-save -c} prints. */
    public static List<Hit> iptables(String dump, Family family) {
        Map<String, Deque<Count>> counts = new HashMap<>();
        String table = "";
        for (String line : dump.lines().map(String::strip).toList()) {
            Matcher rule = IPTABLES.matcher(line);
            if (line.startsWith("*")) {
                table = line.substring(1).strip();
            } else if (rule.matches()) {
                counts.computeIfAbsent(table + " " + rule.group(3), _ -> new ArrayDeque<>()).add(Count.of(rule));
            }
        }
        List<Hit> hits = new ArrayList<>();
        IptablesSave.parse(dump, family).tables().forEach((name, loaded) -> loaded.chains().forEach((chain, rules) -> {
            Predicate<LoadedRule> ours = Ours.isChain(chain) ? _ -> true : Ours.in(loaded, name, chain, Set.of());
            Deque<Count> ofChain = counts.getOrDefault(name + " " + chain, new ArrayDeque<>());
            for (LoadedRule rule : rules) {
                Count count = ofChain.isEmpty() ? Count.NONE : ofChain.removeFirst();
                if (ours.test(rule)) {
                    hits.add(hit(name, chain, rule, count));
                }
            }
        }));
        return hits;
    }

    /** What {@code nft list ruleset} prints without {@code -s}. */
    public static List<Hit> nftables(String listing) {
        List<Hit> hits = new ArrayList<>();
        NftListing.parse(listing).tables().forEach((name, loaded) -> loaded.chains().forEach((chain, rules) -> rules.forEach(rule -> {
            Matcher counter = NFTABLES.matcher(rule.text());
            hits.add(hit(name, chain, rule, counter.find() ? Count.of(counter) : Count.NONE));
        })));
        return hits;
    }

    private static Hit hit(String table, String chain, LoadedRule rule, Count count) {
        return new Hit(table, chain, rule.form(), Intent.of(table, chain, rule.form()), count.packets(), count.bytes());
    }
}
