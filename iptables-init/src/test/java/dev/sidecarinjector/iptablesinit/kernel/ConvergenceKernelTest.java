package dev.sidecarinjector.iptablesinit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.lab.ConnectLoop;
import dev.sidecarinjector.iptablesinit.lab.ConnectLoop.Summary;
import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.Lab.Place;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod.Outcome;
import dev.sidecarinjector.iptablesinit.lab.Way;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a change makes superfluous goes with it, and what another kind of rules does is said. */
class ConvergenceKernelTest extends KernelTest {
    private static final String HITS = "iptables-legacy-save -c; iptables-nft-save -c; nft list ruleset inet";

    @BeforeAll
    static void start() {
        pod = SidecarPod.dualStack();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void forceApplyLoadsTheSameRulesOnceMoreWithoutAHole(Way way) {
        pod.init(way).succeeded();
        String rules = pod.rules(way);
        assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
        assertThat(hits()).isPositive();
        try (ConnectLoop loop = ConnectLoop.start(pod.lab(), Place.POD, Lab.USER, Lab.VIP, 80)) {
            for (int run = 0; run < 20; run++) {
                Outcome outcome = pod.init(way, "--force-apply").succeeded();
                assertThat(outcome.changedRules()).isTrue();
                assertThat(outcome.out()).containsPattern("\twarn\t.*--force-apply");
            }
            Summary seen = loop.stop();
            assertThat(seen.counts().keySet()).containsExactly("OUTBOUND");
        }
        pod.init(way, "--force-apply").succeeded();
        assertThat(hits()).as("the rules are new").isZero();
        assertThat(pod.rules(way)).isEqualTo(rules);
    }

    /** Packets that any rule of ours has met. */
    private static long hits() {
        return pod.shell(HITS).lines().filter(line -> line.contains("ISTIO_") || line.contains("istio-")).filter(
                line -> line.matches("\\[[1-9]\\d*:.*-A .*|.*packets [1-9].*")).count();
    }

    @ParameterizedTest
    @EnumSource(value = Way.class, names = {"LEGACY", "NFT"})
    void forceApplyLeavesTheRulesOfOthersInTheirPlaces(Way way) {
        pod.init(way, "-c", "eth9").succeeded();
        pod.feed(
                "*nat\n-I OUTPUT 1 -p tcp --dport 7 -j RETURN\n-I OUTPUT 3 -p tcp --dport 8 -j RETURN\n-A OUTPUT -p tcp --dport 9 -j RETURN\nCOMMIT\n",
                way.program(false) + "-restore", "--noflush");
        String before = pod.shell(way.program(false) + " -t nat -S OUTPUT");
        assertThat(before.lines()).hasSize(6);
        pod.init(way, "-c", "eth9", "--force-apply").succeeded();
        assertThat(pod.shell(way.program(false) + " -t nat -S OUTPUT")).isEqualTo(before);
    }

    /** In a namespace where nothing has happened yet, too. */
    @ParameterizedTest
    @CsvSource({"LEGACY,NFT,iptables-legacy", "LEGACY,NATIVE,iptables-legacy", "NFT,LEGACY,iptables-nft", "NFT,NATIVE,iptables-nft",
            "NATIVE,LEGACY,nft", "NATIVE,NFT,nft"})
    void rulesOfAnotherKindAreReported(Way first, Way second, String program) {
        pod.init(first).succeeded();
        assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
        assertThat(pod.init(second).succeeded().out()).containsPattern("\twarn\t" + program + " holds rules of ours");
        pod.run("--cleanup-only").succeeded();
        assertThat(pod.init(second).succeeded().out()).doesNotContain("rules of ours");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void routesGoWithTheRulesThatReliedOnThem(Way way) {
        String before = routing();
        pod.init(way, "-m", "TPROXY", "--dual-stack", "-t", "77", "-r", "78").succeeded();
        assertThat(routing()).contains("fwmark 0x4d lookup 78", "::6/128");
        // As the reference leaves one more behind on each of its runs, and somebody else's.
        pod.shell("ip rule add fwmark 77 lookup 78; ip rule add fwmark 0x7 lookup 2005; ip route add local default dev lo table 2005");
        String theirs = pod.shell("ip rule show fwmark 0x7; ip route show table 2005");
        assertThat(theirs.lines()).hasSize(2);
        // Other numbers, then no TPROXY, then no IPv6.
        pod.init(way, "-m", "TPROXY", "--dual-stack").succeeded();
        assertThat(routing()).contains("fwmark 0x539 lookup 133", "::6/128").doesNotContain("lookup 78", "table 78");
        pod.init(way, "--dual-stack").succeeded();
        assertThat(routing()).contains("::6/128").doesNotContain("lookup 133", "table 133");
        assertThat(pod.init(way, "--dual-stack").succeeded().changedRules()).isFalse();
        pod.init(way).succeeded();
        assertThat(pod.shell("ip rule show fwmark 0x7; ip route show table 2005")).isEqualTo(theirs);
        pod.shell("ip rule del fwmark 0x7; ip route flush table 2005");
        assertThat(routing()).isEqualTo(before);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void planTellsWhichRoutesWillGo(Way way) {
        pod.init(way, "-m", "TPROXY").succeeded();
        Outcome plan = pod.run("plan", "-u", "1337", "-b", "*", "-i", "*", way.flag());
        assertThat(plan.out()).containsPattern("remove\\s+routing/rules\\s+fwmark 1337 lookup 133")
                .containsPattern("remove\\s+routing/routes\\s+local 0.0.0.0/0 dev lo table 133").doesNotContain("stays");
    }

    private static String routing() {
        return pod.shell("ip -4 rule; ip -6 rule; ip -4 route show table all type local; ip -6 route show table all type local;"
                + " ip -6 addr show lo");
    }

    @ParameterizedTest
    @EnumSource(value = Way.class, names = {"LEGACY", "NFT"})
    void setsGoWithTheRulesThatReferredToThem(Way way) {
        Lab.requireTools("ipset");
        pod.shell("ipset create theirs hash:net; ipset create istio-theirs hash:net");
        pod.init(way, "-x", prefixes(0)).succeeded();
        String first = pod.shell("ipset list -n");
        assertThat(first.lines()).hasSize(3);
        pod.init(way, "-x", prefixes(1)).succeeded();
        assertThat(pod.shell("ipset list -n").lines()).hasSize(3).doesNotContainSequence(first.lines().toList());
        pod.init(way).succeeded();
        assertThat(pod.shell("ipset list -n").lines()).containsExactlyInAnyOrder("theirs", "istio-theirs");
        pod.init(way, "-x", prefixes(0)).succeeded();
        pod.run("--cleanup-only").succeeded();
        assertThat(pod.shell("ipset list -n").lines()).containsExactlyInAnyOrder("theirs", "istio-theirs");
    }

    private static String prefixes(int network) {
        return IntStream.range(0, 150).mapToObj(i -> "10." + i + "." + network + ".0/24").collect(Collectors.joining(","));
    }
}
