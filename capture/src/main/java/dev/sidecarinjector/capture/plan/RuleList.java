package dev.sidecarinjector.capture.plan;

import dev.sidecarinjector.capture.address.Cidr;
import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.capture.address.IpAddress;
import dev.sidecarinjector.capture.rules.Chain;
import dev.sidecarinjector.capture.rules.Direction;
import dev.sidecarinjector.capture.rules.Match;
import dev.sidecarinjector.capture.rules.Protocol;
import dev.sidecarinjector.capture.rules.Rule;
import dev.sidecarinjector.capture.rules.Table;
import dev.sidecarinjector.capture.rules.Target;
import dev.sidecarinjector.capture.rules.Why;
import dev.sidecarinjector.capture.settings.Setting;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Rules while they are written down, and the words that they are written in. */
final class RuleList {
    static final Match TCP = new Match.OfProtocol(Protocol.TCP);
    static final Match TO_LO = new Match.ToInterface("lo");
    static final Match FROM_LO = new Match.FromInterface("lo");
    static final Target RETURN = new Target.Return();

    private static final Cidr LOOPBACK6 = known("::1/128");
    /** The address from which the proxy talks to its own pod, and which therefore must not come back to it. */
    private static final Cidr SELF4 = known("127.0.0.6/32");
    private static final Cidr SELF6 = known("::6/128");

    private final List<Rule> rules = new ArrayList<>();
    private final List<Family> families;
    private final Set<Family> all;
    private final Map<Family, Set<Family>> one = new EnumMap<>(Family.class);
    private final Cidr loopback4;
    /** Rules of a list share it: a list can have tens of thousands. */
    private @Nullable Why last;

    RuleList(List<Family> families, Cidr loopback4) {
        this.families = families;
        this.all = families.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(families));
        for (Family family : families) {
            one.put(family, Set.of(family));
        }
        this.loopback4 = loopback4;
    }

    List<Family> families() {
        return families;
    }

    List<Rule> rules() {
        return List.copyOf(rules);
    }

    /** For all families. */
    void append(Table table, Chain chain, List<Match> matches, Target target, String why, Setting... asked) {
        add(all, table, chain, 0, matches, target, why, asked);
    }

    /** For one family, which may be off. */
    void append(Family family, Table table, Chain chain, List<Match> matches, Target target, String why, Setting... asked) {
        insert(family, table, chain, 0, matches, target, why, asked);
    }

    void insert(Table table, Chain chain, int at, List<Match> matches, Target target, String why, Setting... asked) {
        add(all, table, chain, at, matches, target, why, asked);
    }

    void insert(Family family, Table table, Chain chain, int at, List<Match> matches, Target target, String why, Setting... asked) {
        add(one.getOrDefault(family, Set.of()), table, chain, at, matches, target, why, asked);
    }

    void add(Set<Family> where, Table table, Chain chain, int at, List<Match> matches, Target target, String why, Setting... asked) {
        if (!where.isEmpty()) {
            rules.add(new Rule(where, table, chain, at, List.copyOf(matches), target, why(why, List.of(asked))));
        }
    }

    private Why why(String sentence, List<Setting> asked) {
        Why why = last;
        if (why == null || !why.sentence().equals(sentence) || !why.settings().equals(asked)) {
            why = new Why(sentence, asked);
            last = why;
        }
        return why;
    }

    /** Where the application talks to itself. */
    Cidr loopback(Family family) {
        return family == Family.IPV4 ? loopback4 : LOOPBACK6;
    }

    Match beyondLoopback(Family family) {
        return new Match.Address(Direction.DESTINATION, loopback(family), true);
    }

    static Cidr self(Family family) {
        return family == Family.IPV4 ? SELF4 : SELF6;
    }

    static Match fromSelf(Family family) {
        return new Match.Address(Direction.SOURCE, self(family), false);
    }

    static Match to(Cidr cidr) {
        return new Match.Address(Direction.DESTINATION, cidr, false);
    }

    static Match from(IpAddress address) {
        return new Match.Address(Direction.SOURCE, Cidr.of(address), false);
    }

    static Match toPort(Protocol protocol, String port) {
        return new Match.Port(Direction.DESTINATION, protocol, port, false);
    }

    static Match notToPort(Protocol protocol, String port) {
        return new Match.Port(Direction.DESTINATION, protocol, port, true);
    }

    static Match fromPort(Protocol protocol, String port) {
        return new Match.Port(Direction.SOURCE, protocol, port, false);
    }

    static Match marked(String mark) {
        return new Match.PacketMark(mark, false);
    }

    static Target jump(Chain chain) {
        return new Target.Jump(chain);
    }

    static List<Match> when(Match... matches) {
        return List.of(matches);
    }

    private static Cidr known(String text) {
        Cidr cidr = Cidr.parse(text);
        if (cidr == null) {
            throw new IllegalStateException(text);
        }
        return cidr;
    }
}
