package dev.sidecarinjector.iptablesinit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.Seen;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod.Outcome;
import dev.sidecarinjector.iptablesinit.lab.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Traps 35 to 39 and 59: queries of names. */
class TrapsOfDnsKernelTest extends KernelTest {
    /** Each once: the kernel remembers a query for half a minute. */
    private static int nextPort = 40_000;

    @BeforeAll
    static void start() {
        pod = SidecarPod.dualStack();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap35_theAgentsOwnQueryFromTheSamePortIsNotItsOwnAnswer(Way way) {
        pod.init(way, "--redirect-dns", "--capture-all-dns", "--dual-stack").succeeded();
        int port = nextPort++;
        assertThat(pod.app().sourcePort(port).udp(Lab.DNS, 53)).extracting(Seen::who, Seen::from).containsExactly("AGENTDNS",
                Lab.DNS + ":53");
        assertThat(pod.proxy().sourcePort(port).udp(Lab.DNS, 53)).extracting(Seen::who, Seen::from).containsExactly("REALDNS",
                Lab.DNS + ":53");
        assertThat(pod.app().sourcePort(port).udp(Lab.DNS6, 53)).extracting(Seen::who, Seen::from).containsExactly("AGENTDNS",
                "[" + Lab.DNS6 + "]:53");
        assertThat(pod.proxy().sourcePort(port).udp(Lab.DNS6, 53).who()).isEqualTo("REALDNS");
        assertThat(pod.app().tcp(Lab.DNS, 53).who()).isEqualTo("AGENTDNS");
        assertThat(pod.proxy().tcp(Lab.DNS, 53).who()).isEqualTo("REALDNS");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap36_otherServersThanTheConfiguredOnesAreLeftAlone(Way way) {
        int port = nextPort++;
        pod.init(way, "--redirect-dns").succeeded();
        assertThat(pod.app().sourcePort(port).udp(Lab.DNS, 53).who()).isEqualTo("AGENTDNS");
        assertThat(pod.app().tcp(Lab.DNS, 53).who()).isEqualTo("AGENTDNS");
        assertThat(pod.app().udp(Lab.OTHER_DNS, 53).who()).isEqualTo("REALDNS");
        assertThat(pod.app().tcp(Lab.OTHER_DNS, 53).who()).isEqualTo("OUTBOUND");
        assertThat(pod.proxy().sourcePort(port).udp(Lab.DNS, 53).who()).isEqualTo("REALDNS");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap37_aServerOnLoopbackIsCaptured(Way way) {
        pod.resolvConf("nameserver 127.0.0.53\n");
        pod.init(way, "--redirect-dns").succeeded();
        assertThat(pod.app().udp("127.0.0.53", 53).who()).isEqualTo("AGENTDNS");
        assertThat(pod.app().tcp("127.0.0.53", 53).who()).isEqualTo("AGENTDNS");
        pod.init(way, "--redirect-dns", "--capture-all-dns").succeeded();
        assertThat(pod.app().udp("127.0.0.1", 53).who()).isEqualTo("AGENTDNS");
        assertThat(pod.app().tcp("127.0.0.1", 53).who()).isEqualTo("AGENTDNS");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap38_anExcludedGroupAsksTheRealServer(Way way) {
        List<String> words = new ArrayList<>(SidecarPod.DEFAULT);
        words.addAll(List.of("--redirect-dns", way.flag()));
        pod.run(Map.of("ISTIO_OUTBOUND_OWNER_GROUPS_EXCLUDE", "202"), words).succeeded();
        assertThat(pod.app().gid(202).udp(Lab.DNS, 53).who()).isEqualTo("REALDNS");
        assertThat(pod.app().gid(203).udp(Lab.DNS, 53).who()).isEqualTo("AGENTDNS");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap39_oddLinesOfResolvConfDontBreakTheRules(Way way) {
        pod.resolvConf("# remark\nnameserver fe80::1%eth0\nnameserver " + Lab.DNS + "\nnameserver " + Lab.DNS + "\nnameserver nonsense\n"
                + "nameserver " + Lab.DNS6 + " trailing\n");
        pod.init(way, "--redirect-dns", "--dual-stack").succeeded();
        assertThat(pod.app().udp(Lab.DNS, 53).who()).isEqualTo("AGENTDNS");
        assertThat(pod.app().udp(Lab.DNS6, 53).who()).isEqualTo("AGENTDNS");
        assertThat(pod.init(way, "--redirect-dns", "--dual-stack").succeeded().changedRules()).isFalse();
        pod.resolvConf("search example.org\n");
        Outcome none = pod.init(way, "--redirect-dns").succeeded();
        assertThat(none.out()).containsPattern("\twarn\t.*(?i)dns");
        assertThat(pod.rules(way)).doesNotContain("15053");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap59_serversOfAnotherFamilyThanThePodsDontBreakTheRules(Way way) {
        for (String server : List.of(Lab.DNS6, "::ffff:10.96.0.10")) {
            pod.resolvConf("nameserver " + server + "\n");
            pod.init(way, "--redirect-dns").succeeded();
            assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
            assertThat(pod.init(way, "--redirect-dns").succeeded().changedRules()).isFalse();
            pod.reset();
        }
    }
}
