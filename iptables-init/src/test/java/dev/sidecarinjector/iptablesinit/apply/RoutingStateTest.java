package dev.sidecarinjector.iptablesinit.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.iptablesinit.apply.RoutingState.Route;
import dev.sidecarinjector.iptablesinit.apply.RoutingState.Rule;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Texts as iproute2 6.1 prints them. */
class RoutingStateTest {
    private static final Rule OURS = new Rule(Family.IPV4, 32_765, 1337, 133);
    private static final Rule SOMEBODYS = new Rule(Family.IPV4, 100, 7, 2004);

    @Test
    void rulesThatLookAtAMarkAreRead() {
        assertThat(RoutingState.rules("""
                0:	from all lookup local
                100:	from all fwmark 0x7 lookup 2004
                200:	from all fwmark 0x200/0xf00 lookup 2005
                32764:	from 10.0.0.0/8 fwmark 0x539 lookup 133
                32765:	from all fwmark 0x539 lookup 133
                32766:	from all lookup main
                32767:	from all lookup default
                """, Family.IPV4)).containsExactly(SOMEBODYS, OURS);
    }

    @Test
    void tablesInWhichEverythingIsLocalAreRead() {
        assertThat(RoutingState.routes("""
                local default dev lo table 133 scope host\s
                local 10.10.0.2 dev eth0 table local proto kernel scope host src 10.10.0.2\s
                local 127.0.0.0/8 dev lo table local proto kernel scope host src 127.0.0.1\s
                """, Family.IPV4)).containsExactly(new Route(Family.IPV4, 133));
        assertThat(
                RoutingState.routes("local default dev lo table 133 metric 1024 pref medium\nlocal ::1 dev lo table local\n", Family.IPV6))
                .containsExactly(new Route(Family.IPV6, 133));
    }

    @Test
    void routingOfAnotherProgramIsNotOurs() {
        Rule sameMarkOtherTable = new Rule(Family.IPV4, 90, 1337, 2005);
        RoutingState all = new RoutingState(false, List.of(SOMEBODYS, sameMarkOtherTable, OURS),
                List.of(new Route(Family.IPV4, 133), new Route(Family.IPV4, 2004)));
        assertThat(all.forMarks(Set.of(1337L), "133"))
                .isEqualTo(new RoutingState(false, List.of(OURS), List.of(new Route(Family.IPV4, 133))));
    }

    @Test
    void copiesWithoutAFixedPriorityAreOursToo() {
        Rule copy = new Rule(Family.IPV4, 32_764, 1337, 133);
        assertThat(new RoutingState(false, List.of(copy, OURS), List.of()).forMarks(Set.of(1337L), "133").rules()).containsExactly(copy,
                OURS);
    }

    @Test
    void whatTheRulesMarkIsFoundUnderOtherNumbersThanTheSettings() {
        Rule other = new Rule(Family.IPV6, 32_765, 77, 78);
        RoutingState all = new RoutingState(true, List.of(other), List.of(new Route(Family.IPV6, 78)));
        assertThat(all.forMarks(Set.of(1337L, 77L), "133")).isEqualTo(all);
    }
}
