package dev.sidecarinjector.iptablesinit.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.lab.Lab.Place;
import dev.sidecarinjector.iptablesinit.system.Child;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The lab without any rule, and that it can tell a redirected connection from others: what the tests with rules stand on. */
class LabTest {
    @Test
    void withoutRulesEverybodyReachesWhomTheyCall() {
        try (Lab lab = Lab.withMachine()) {
            assertThat(lab.app().tcp(Lab.VIP, 80)).extracting(Seen::who, Seen::originalDestination, Seen::local).containsExactly("REAL", "",
                    Lab.VIP + ":80");
            assertThat(lab.app().tcp(Lab.VIP6, 80).who()).isEqualTo("REAL");
            assertThat(lab.app().tcp("127.0.0.1", 8080).who()).isEqualTo("APP");
            assertThat(lab.world().tcp(Lab.POD, 8080)).extracting(Seen::who, Seen::local).containsExactly("APP", Lab.POD + ":8080");
            assertThat(lab.world().tcp(Lab.POD6, 8080).who()).isEqualTo("APP");
            assertThat(lab.world().tcp(Lab.POD, 8079).who()).isEqualTo("REFUSED");
            assertThat(lab.machine().tcp(Lab.POD_ETH1, 8080).peer()).startsWith(Lab.VM + ":");
            assertThat(lab.machine().tcp(Lab.VIP, 443).who()).isEqualTo("REAL");
            assertThat(lab.world().tcp(Lab.VM, 8080).who()).isEqualTo("VM");
            assertThat(lab.app().udp(Lab.VIP, 5000).who()).isEqualTo("REALUDP");
            assertThat(lab.app().sourcePort(40_000).udp(Lab.DNS, 53)).extracting(Seen::who, Seen::from, Seen::peer)
                    .containsExactly("REALDNS", Lab.DNS + ":53", Lab.POD + ":40000");
            assertThat(lab.app().tcp("127.0.0.1", 15001).who()).isEqualTo("OUTBOUND");
            assertThat(lab.app().udp("127.0.0.1", 15053).who()).isEqualTo("AGENTDNS");
        }
    }

    @Test
    void aRedirectedConnectionTellsWhereItWasGoingAndOfWhichUserItIs() {
        try (Lab lab = Lab.dualStack()) {
            for (String program : List.of("iptables-nft", "ip6tables-nft")) {
                assertThat(lab.run(Place.POD, "*nat\n-A OUTPUT -p tcp -m owner --uid-owner 5000 -j REDIRECT --to-ports 15001\nCOMMIT\n",
                        program + "-restore")).isEqualTo(new Child.Result(0, "", ""));
            }
            assertThat(lab.app().keep("old").tcp(Lab.VIP, 80)).extracting(Seen::who, Seen::originalDestination, Seen::local)
                    .containsExactly("OUTBOUND", Lab.VIP + ":80", "127.0.0.1:15001");
            assertThat(lab.app().tcp(Lab.VIP6, 443)).extracting(Seen::who, Seen::originalDestination).containsExactly("OUTBOUND",
                    "[" + Lab.VIP6 + "]:443");
            assertThat(lab.proxy().tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
            assertThat(lab.in(Place.POD).tcp(Lab.VIP6, 80).who()).isEqualTo("REAL");
            // Without any rule that needs it the kernel would give up connection tracking, and with it the old connection.
            lab.run(Place.POD, "*nat\n-A OUTPUT -p tcp --dport 9 -j REDIRECT --to-ports 15001\nCOMMIT\n", "iptables-nft-restore");
            assertThat(lab.app().tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
            assertThat(lab.in(Place.POD).again("old").who()).isEqualTo("OUTBOUND");
        }
    }

    @Test
    void droppedPacketsAreATimeOut() {
        try (Lab lab = Lab.ipv4()) {
            lab.run(Place.POD, "", "iptables-nft", "-A", "OUTPUT", "-p", "tcp", "-j", "DROP");
            assertThat(lab.app().timeout(0.2).tcp(Lab.VIP, 80).who()).isEqualTo("TIMEOUT");
        }
    }

    @Test
    void nothingIsLeftBehind() throws IOException {
        Lab lab = Lab.ipv4();
        String pod = lab.namespace(Place.POD);
        assertThat(Child.run(List.of("ip", "netns", "list"), Map.of(), "").out()).contains(pod);
        lab.close();
        assertThat(Child.run(List.of("ip", "netns", "list"), Map.of(), "").out()).doesNotContain(pod);
    }
}
