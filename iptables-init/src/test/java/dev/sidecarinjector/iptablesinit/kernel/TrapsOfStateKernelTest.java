package dev.sidecarinjector.iptablesinit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod.Outcome;
import dev.sidecarinjector.iptablesinit.lab.Way;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Traps 1 to 14: what is there already, second runs, and the kinds of tables. */
class TrapsOfStateKernelTest extends KernelTest {
    @BeforeAll
    static void start() {
        pod = SidecarPod.dualStack();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap01_secondRunIsANoOp(Way way) {
        assertThat(pod.init(way, "--dual-stack").succeeded().changedRules()).isTrue();
        assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
        String first = pod.untouched(way);
        assertThat(first).contains("15006");
        assertThat(pod.init(way, "--dual-stack").succeeded().changedRules()).isFalse();
        assertThat(pod.untouched(way)).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap02_andTrap60_aChangedConfigurationConvergesWithoutReconcile(Way way) {
        pod.init(way, "--drop-invalid", "--redirect-dns").succeeded();
        String fresh = pod.rules(way);
        pod.reset();
        pod.init(way).succeeded();
        pod.init(way, "--drop-invalid", "--redirect-dns").succeeded();
        assertThat(pod.rules(way)).isEqualTo(fresh).contains("15053");
        assertThat(pod.init(way, "--drop-invalid", "--redirect-dns").succeeded().changedRules()).isFalse();
    }

    /** A namespace of its own, since the kernel never forgets a table of the older kind. */
    @Test
    void trap03_andTrap58_lookingForTheKindOfTablesDoesNotDecideIt() {
        try (SidecarPod fresh = SidecarPod.ipv4()) {
            for (int run = 0; run < 3; run++) {
                Outcome outcome = fresh.run("-b", "*", "-i", "*", "-u", "1337").succeeded();
                assertThat(outcome.out()).contains("using iptables-nft:");
                assertThat(outcome.changedRules()).isEqualTo(run == 0);
                assertThat(fresh.shell("cat /proc/net/ip_tables_names /proc/net/ip6_tables_names")).isEmpty();
            }
            fresh.run("--cleanup-only").succeeded();
            assertThat(fresh.shell("iptables-nft-save")).doesNotContain("ISTIO");
            assertThat(fresh.app().tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
        }
    }

    @Test
    void trap04_rulesOfTheOtherKindAreReported() {
        pod.init(Way.LEGACY, "-x", Lab.VIP + "/32").succeeded();
        assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
        Outcome outcome = pod.init(Way.NFT).succeeded();
        assertThat(outcome.out()).containsPattern("\twarn\t.*iptables-legacy");
        // Cleanup takes both.
        pod.run("--cleanup-only").succeeded();
        assertThat(pod.rules(Way.LEGACY) + pod.rules(Way.NFT)).doesNotContain("ISTIO");
        assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
    }

    @Test
    void trap05_aWarningAboutTheOlderTablesIsNoRule() {
        pod.feed("*filter\n-A INPUT -s 192.0.2.1 -j DROP\nCOMMIT\n", "iptables-legacy-restore", "--noflush");
        pod.init(Way.NFT).succeeded();
        assertThat(pod.lab().run(Lab.Place.POD, "", "iptables-nft-save").err()).contains("legacy");
        assertThat(pod.init(Way.NFT).succeeded().changedRules()).isFalse();
        assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
    }

    @Test
    void trap06_nativeTablesCaptureIpv6AlsoWhereItIsOffAndTheLogSaysSo() {
        Outcome outcome = pod.init(Way.NATIVE).succeeded();
        assertThat(pod.app().tcp(Lab.VIP6, 80).who()).isEqualTo("OUTBOUND");
        assertThat(pod.world().tcp(Lab.POD6, 8080).who()).isEqualTo("INBOUND");
        assertThat(pod.proxy().tcp(Lab.POD6, 8080).who()).isEqualTo("APP");
        assertThat(outcome.out()).containsPattern("\twarn\t.*dual-stack");
        pod.init(Way.NATIVE, "--dual-stack").succeeded();
        assertThat(pod.proxy().tcp(Lab.POD6, 8080).who()).isEqualTo("INBOUND");
    }

    @ParameterizedTest
    @EnumSource(value = Way.class, names = {"LEGACY", "NFT"})
    void trap07_aSecondFamilyPassesByWithAWarningAndIsCapturedWhenAsked(Way way) {
        Outcome outcome = pod.init(way).succeeded();
        assertThat(pod.app().tcp(Lab.VIP6, 80).who()).isEqualTo("REAL");
        assertThat(pod.world().tcp(Lab.POD6, 8080).who()).isEqualTo("APP");
        assertThat(outcome.out()).containsPattern("\twarn\t.*dual-stack");
        assertThat(pod.init(way, "--dual-stack=auto").succeeded().out()).doesNotContain("\twarn\t");
        assertThat(pod.app().tcp(Lab.VIP6, 80).who()).isEqualTo("OUTBOUND");
        assertThat(pod.world().tcp(Lab.POD6, 8080).who()).isEqualTo("INBOUND");
        // And IPv6 is taken away again with the option.
        pod.init(way).succeeded();
        assertThat(pod.app().tcp(Lab.VIP6, 80).who()).isEqualTo("REAL");
        assertThat(pod.shell(way.program(true) + "-save")).doesNotContain("ISTIO");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap08_cleanupTakesAwayWhatIsThereWhoeverAskedForIt(Way way) {
        String before = pod.shell("ip -4 rule; ip -6 rule; ip -6 addr show lo");
        pod.init(way, "--redirect-dns", "--drop-invalid", "-m", "TPROXY", "--dual-stack", "-c", "eth9", "-k", "eth7").succeeded();
        assertThat(pod.rules(way)).contains("15053", "eth9", "eth7");
        assertThat(pod.shell("ip -6 addr show lo")).contains("::6/128");
        pod.run("--cleanup-only").succeeded();
        assertThat(pod.rules(way)).isEmpty();
        assertThat(pod.shell("ip -4 rule; ip -6 rule; ip -6 addr show lo")).isEqualTo(before);
        assertThat(pod.shell("ip -4 route show table all; ip -6 route show table all")).doesNotContain("table 133");
        assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
        pod.run("--cleanup-only").succeeded();
    }

    @Test
    void trap09_nativeTablesThatAreNotWantedAnyMoreGo() {
        pod.init(Way.NATIVE, "-m", "TPROXY", "--redirect-dns").succeeded();
        assertThat(pod.shell("nft list tables inet").lines()).hasSize(3);
        pod.init(Way.NATIVE).succeeded();
        assertThat(pod.shell("nft list tables inet")).isEqualTo("table inet istio-proxy-nat\n");
        assertThat(pod.world().tcp(Lab.POD, 8080).who()).isEqualTo("INBOUND");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap10_aDryRunWritesNothing(Way way, @TempDir Path folder) throws Exception {
        Path record = folder.resolve("record");
        Outcome outcome = pod.run(Map.of("DRY_RUN_FILE_PATH", record.toString()),
                List.of("-b", "*", "-i", "*", "-m", "TPROXY", "--redirect-dns", "--dual-stack", "--dry-run", way.flag())).succeeded();
        assertThat(outcome.out()).contains("15006");
        assertThat(Files.readString(record)).contains("15006");
        assertThat(pod.shell("nft list ruleset")).isEmpty();
        assertThat(pod.shell("iptables-legacy-save")).doesNotContain("-A");
        assertThat(pod.shell("ip rule")).doesNotContain("133");
        assertThat(pod.shell("ip -6 addr show lo")).doesNotContain("::6");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap12_aChangeCutsNoConnection(Way way) {
        pod.init(way).succeeded();
        assertThat(pod.app().keep("captured").tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
        assertThat(pod.app().keep("own").tcp("127.0.0.1", 8080).who()).isEqualTo("APP");
        assertThat(pod.world().keep("inbound").tcp(Lab.POD, 8080).who()).isEqualTo("INBOUND");
        assertThat(pod.init(way, "--reconcile", "-x", Lab.VIP + "/32", "-d", "8080").succeeded().changedRules()).isTrue();
        assertThat(pod.lab().in(Lab.Place.POD).again("captured").who()).isEqualTo("OUTBOUND");
        assertThat(pod.lab().in(Lab.Place.POD).again("own").who()).isEqualTo("APP");
        assertThat(pod.world().again("inbound").who()).isEqualTo("INBOUND");
        assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap13_theOwnerOfAConnectionIsWhoOpenedItsSocket(Way way) {
        pod.init(way).succeeded();
        // The lab opens the socket as the given user, and connects as root.
        assertThat(pod.proxy().tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
        assertThat(pod.lab().in(Lab.Place.POD).tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap14_routesForMarkedPacketsAreAddedOnceAndRemoved(Way way) {
        for (int run = 0; run < 3; run++) {
            pod.init(way, "-m", "TPROXY", "--dual-stack").succeeded();
        }
        assertThat(pod.shell("ip rule; ip -6 rule").lines().filter(line -> line.contains("lookup 133"))).hasSize(2);
        assertThat(pod.shell("ip route show table 133; ip -6 route show table 133").lines()).hasSize(2);
        // As the reference leaves it behind.
        pod.shell("ip rule add fwmark 1337 lookup 133; ip rule add fwmark 1337 lookup 133");
        pod.run("--cleanup-only").succeeded();
        assertThat(pod.shell("ip rule; ip -6 rule")).doesNotContain("133");
    }
}
