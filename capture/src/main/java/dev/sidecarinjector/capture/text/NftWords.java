package dev.sidecarinjector.capture.text;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.rules.Direction;
import dev.sidecarinjector.capture.rules.Match;
import dev.sidecarinjector.capture.rules.Rule;
import dev.sidecarinjector.capture.rules.Table;
import dev.sidecarinjector.capture.rules.Target;
import java.util.ArrayList;
import java.util.List;

/** A rule in the words of nft (spec section 7). */
public final class NftWords {
    /** More accounts than this go into a set: one rule takes 63 conditions. */
    private static final int MOST_OWNERS = 40;

    private final Rule rule;
    private final List<String> words = new ArrayList<>();

    private NftWords(Rule rule) {
        this.rule = rule;
    }

    /** Conditions, counter and verdict, without table and chain. */
    public static String of(Rule rule) {
        NftWords words = new NftWords(rule);
        // In raw the conditions have always stood as in iptables.
        List<Match> matches = new ArrayList<>(rule.matches());
        if (rule.table() != Table.RAW) {
            matches.sort((one, other) -> Integer.compare(rank(one), rank(other)));
        }
        matches.forEach(words::match);
        words.target(rule.target());
        return String.join(" ", words.words);
    }

    private static int rank(Match match) {
        return switch (match) {
            case Match.FromInterface _,Match.ToInterface _ -> 0;
            case Match.OfProtocol _ -> 1;
            case Match.Invalid _,Match.KnownConnection _ -> 2;
            case Match.Address _,Match.InSet _ -> 3;
            case Match.Port _,Match.OtherPorts _ -> 4;
            case Match.Owner _,Match.OtherOwners _ -> 5;
            case Match.PacketMark _,Match.ConnectionMark _ -> 6;
        };
    }

    private void add(String... more) {
        words.addAll(List.of(more));
    }

    private void match(Match match) {
        switch (match) {
            case Match.OfProtocol(var protocol) -> add("meta", "l4proto", protocol.text());
            case Match.FromInterface(String name) -> add("iifname", name);
            case Match.ToInterface(String name) -> add("oifname", name);
            case Match.Address(Direction direction, var cidr, boolean negated) -> {
                address(cidr.family(), direction, negated);
                add(cidr.toString());
            }
            case Match.InSet(Direction direction, var set) -> {
                address(set.family(), direction, false);
                add("@" + set.name());
            }
            case Match.Port(Direction direction, var protocol, String port, boolean negated) -> {
                add(protocol.text(), direction == Direction.SOURCE ? "sport" : "dport");
                not(negated);
                add(Ports.nft(port));
            }
            case Match.OtherPorts(var protocol, List<String> ports) -> add(protocol.text(), "dport", "!=",
                    "{ " + String.join(", ", ports.stream().map(Ports::nft).toList()) + " }");
            case Match.Owner(Match.Account account, String id, boolean negated) -> {
                if (rule.table() == Table.RAW) {
                    add("meta");
                }
                add(key(account));
                not(negated);
                add(id);
            }
            case Match.OtherOwners(Match.Account account, List<String> ids) when ids.size() > MOST_OWNERS -> add(key(account), "!=",
                    "{ " + String.join(", ", ids) + " }");
            case Match.OtherOwners(Match.Account account, List<String> ids) -> ids.forEach(id -> add(key(account), "!=", id));
            case Match.Invalid() -> add("ct", "state", "invalid");
            case Match.KnownConnection() -> add("ct", "state", "related,established");
            case Match.PacketMark(String mark, boolean negated) -> {
                add("mark");
                not(negated);
                add(mark);
            }
            case Match.ConnectionMark(String mark) -> add("ct", "mark", mark);
        }
    }

    private void address(Family family, Direction direction, boolean negated) {
        add(protocol(family), direction == Direction.SOURCE ? "saddr" : "daddr");
        not(negated);
    }

    private void not(boolean negated) {
        if (negated) {
            words.add("!=");
        }
    }

    private static String protocol(Family family) {
        return family == Family.IPV4 ? "ip" : "ip6";
    }

    private static String key(Match.Account account) {
        return account == Match.Account.USER ? "skuid" : "skgid";
    }

    private void target(Target target) {
        switch (target) {
            case Target.Return() -> add("counter", "return");
            case Target.Accept() -> add("counter", "accept");
            case Target.Drop() -> add("counter", "drop");
            case Target.Jump(var chain) -> add("counter", "jump", chain.nftables());
            case Target.Redirect(String port) -> add("counter", "redirect", "to", ":" + port);
            case Target.Tproxy(String port, String mark) -> add("tproxy",
                    protocol(rule.isIn(Family.IPV4) ? Family.IPV4 : Family.IPV6), "to", ":" + port, "meta", "mark", "set", mark, "counter",
                    "accept");
            case Target.SetMark(String mark) -> add("counter", "meta", "mark", "set", mark);
            case Target.SaveMark() -> add("counter", "ct", "mark", "set", "mark");
            case Target.RestoreMark() -> add("counter", "meta", "mark", "set", "ct", "mark");
            case Target.Zone(int zone) -> add("counter", "ct", "zone", "set", Integer.toString(zone));
        }
    }
}
