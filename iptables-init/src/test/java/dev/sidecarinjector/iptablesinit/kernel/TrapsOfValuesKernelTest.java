package dev.sidecarinjector.iptablesinit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.Lab.Place;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod.Outcome;
import dev.sidecarinjector.iptablesinit.lab.Way;
import dev.sidecarinjector.iptablesinit.system.Child;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Traps 40 to 51, 61: values, limits, locks, rights and addresses. */
class TrapsOfValuesKernelTest extends KernelTest {
    @BeforeAll
    static void start() {
        pod = SidecarPod.dualStack();
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap40_aFileHoldsAListThatNoCommandLineTakes(Way way, @TempDir Path folder) throws IOException {
        Path list = folder.resolve("list");
        Files.writeString(list, IntStream.range(0, 12_000).mapToObj(i -> "172." + (16 + i / 4096) + "." + i / 16 % 256 + "." + i % 16 * 16
                + "/28\n").collect(Collectors.joining()) + Lab.VIP + "/32\n");
        assertThat(Files.size(list)).isGreaterThan(131_072);
        pod.init(way, "--istio-service-exclude-cidr-file", list.toString()).succeeded();
        assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
        assertThat(pod.app().tcp(Lab.OTHER_VIP, 80).who()).isEqualTo("OUTBOUND");
        // The sign that other programs take for a file is part of the value here.
        Outcome sign = pod.init(way, "-x", "@" + list);
        assertThat(sign.status()).isEqualTo(1);
        assertThat(sign.out()).contains("@" + list);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap42_whatTheKernelWritesOtherwiseIsRecognised(Way way) {
        List<String> words = new ArrayList<>(SidecarPod.DEFAULT);
        words.addAll(List.of("-x", "10.1.2.3/8,192.0.2.1/32", "-i", "0.0.0.0/0,198.51.100.77/24", "-m", "TPROXY", "-d", "0120,9090", "-o",
                "5432", "-k", "eth7", "-c", "eth9", "--redirect-dns", "--drop-invalid", way.flag()));
        Map<String, String> loopback = Map.of("ISTIO_OUTBOUND_IPV4_LOOPBACK_CIDR", "127.0.0.1/8", "ISTIO_OUTBOUND_OWNER_GROUPS",
                "0,300-427");
        assertThat(pod.run(loopback, words).succeeded().changedRules()).isTrue();
        String first = pod.untouched(way);
        assertThat(first).contains("15006");
        assertThat(pod.run(loopback, words).succeeded().changedRules()).isFalse();
        assertThat(pod.untouched(way)).isEqualTo(first);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap43_longListsMayOverlapAndHoldEverything(Way way) {
        String list = IntStream.range(0, 150).mapToObj(i -> "10." + i + ".0.0/16").collect(Collectors.joining(","));
        pod.init(way, "-i", list + ",10.0.0.0/8,10.7.0.0/16,10.7.0.0/16," + Lab.VIP + "/32").succeeded();
        assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
        assertThat(pod.app().tcp(Lab.OTHER_VIP, 80).who()).isEqualTo("REAL");
        pod.init(way, "-i", list + ",0.0.0.0/0,::/0").succeeded();
        assertThat(pod.app().tcp(Lab.OTHER_VIP, 80).who()).isEqualTo("OUTBOUND");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap44_valuesThatLoad(Way way) {
        for (List<String> words : List.of(List.of("-b", "80, 8080"), List.of("-b", "0,8080"), List.of("-b", "http,8080"),
                List.of("-u", "1000-2000,1337"), List.of("-b", "8000-8100"), List.of("-c", way == Way.NATIVE ? "eth7*" : "eth7+"))) {
            pod.init(way, words.toArray(String[]::new)).succeeded();
            assertThat(pod.world().tcp(Lab.POD, 8080).who()).as(words.toString()).isEqualTo("INBOUND");
            assertThat(pod.init(way, words.toArray(String[]::new)).succeeded().changedRules()).as(words.toString()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap44_valuesThatDontLoadAreNamedAndNothingIsWritten(Way way) {
        pod.init(way).succeeded();
        String before = pod.untouched(way);
        for (List<String> words : List.of(List.of("-b", "80,*"), List.of("-b", "70000"), List.of("-u", "4294967295"),
                List.of("-c", "abcdefghijklmnop"), List.of("-q", "nosuchservice"))) {
            Outcome outcome = pod.init(way, words.toArray(String[]::new));
            assertThat(outcome.status()).as(words.toString()).isEqualTo(1);
            assertThat(outcome.out().lines().filter(line -> line.contains("\terror\t"))).as(words.toString()).hasSize(1)
                    .allMatch(line -> line.contains(words.get(1).replace("80,", "")));
            assertThat(pod.untouched(way)).as(words.toString() + outcome.out()).isEqualTo(before);
        }
    }

    @Test
    void trap45_aLockHeldByAnotherIsWaitedForAndInCniModeOnlyTheNamespacesOwnCounts(@TempDir Path folder) throws Exception {
        Path own = Files.createFile(folder.resolve("namespace"));
        Process holder = new ProcessBuilder("/usr/bin/python3", "-c",
                "import fcntl,sys,time\nf=open(sys.argv[1])\nfcntl.flock(f,fcntl.LOCK_EX)\nprint('held',flush=True)\ntime.sleep(1)",
                own.toString())
                .start();
        try (var held = holder.inputReader()) {
            assertThat(held.readLine()).isEqualTo("held");
            long start = System.nanoTime();
            pod.init(Way.LEGACY, "--cni-mode", "--network-namespace", own.toString()).succeeded();
            assertThat((System.nanoTime() - start) / 1_000_000).isBetween(500L, 10_000L);
            assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
        } finally {
            holder.destroyForcibly();
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap46_ipv6DisabledOnLoopbackIsExplainedAndNothingIsHalfDone(Way way) {
        pod.shell("sysctl -qw net.ipv6.conf.lo.disable_ipv6=1");
        try {
            Outcome outcome = pod.init(way, "--dual-stack");
            assertThat(outcome.status()).isEqualTo(1);
            assertThat(outcome.out()).containsPattern("\terror\t.*disabled on this device.*net.ipv6.conf.lo.disable_ipv6");
            assertThat(pod.rules(way)).doesNotContain("15006");
        } finally {
            pod.shell("sysctl -qw net.ipv6.conf.lo.disable_ipv6=0");
        }
        pod.init(way, "--dual-stack").succeeded();
    }

    @Test
    void trap47_withLoopbackOnlyThereIsNothingToCapture() {
        List<String> command = new ArrayList<>(List.of("unshare", "-n"));
        command.addAll(SidecarPod.command(List.of("-b", "*", "-i", "*")));
        Child.Result result = pod.lab().run(Place.POD, Map.of(), "", command);
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).contains("no valid local IP address found");
    }

    @Test
    void trap48_anOlderRecordOfADryRunIsReplaced(@TempDir Path folder) throws IOException {
        Path record = Files.writeString(folder.resolve("record"), "x".repeat(100_000));
        pod.run(Map.of("DRY_RUN_FILE_PATH", record.toString()), List.of("-b", "*", "--dry-run")).succeeded();
        assertThat(record).content().startsWith("iptables-save\nip6tables-save\n* nat\n").doesNotContain("x".repeat(3));
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap49_withoutTheCapabilityTheReasonReachesTheLog(Way way) {
        List<String> words = new ArrayList<>(
                List.of("setpriv", "--bounding-set", "-net_admin,-net_raw", "--inh-caps", "-net_admin,-net_raw"));
        words.addAll(SidecarPod.command(List.of("-b", "*", "-i", "*", way.flag())));
        Child.Result result = pod.lab().run(Place.POD, Map.of(), "", words);
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).containsPattern("\terror\t(?s).*(Permission denied|not permitted|unable to initialize).*NET_ADMIN");
        assertThat(pod.rules(way)).doesNotContain("ISTIO");
    }

    @Test
    void trap50_theFirstIpv4AddressDecidesWhateverTheOrderOfInterfaces() {
        assertThat(pod.init(Way.NFT).succeeded().out()).contains("\nENABLE_INBOUND_IPV6=false\n");
        pod.shell("ip link set eth0 down");
        try {
            assertThat(pod.init(Way.NFT).succeeded().out()).contains("\nENABLE_INBOUND_IPV6=false\n");
        } finally {
            pod.shell("ip link set eth0 up; ip -6 addr replace " + Lab.POD6 + "/64 dev eth0 nodad; ip route replace default via "
                    + Lab.WORLD + "; ip -6 route replace default via fd00:10::1");
        }
        assertThat(pod.init(Way.NFT, "--dual-stack").succeeded().out()).contains("\nENABLE_INBOUND_IPV6=true\n");
        assertThat(pod.app().tcp(Lab.VIP6, 80).who()).isEqualTo("OUTBOUND");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap51_inAPodWithIpv6OnlyTheAddedAddressChangesNothing(Way way) {
        pod.shell("ip addr del 10.10.0.2/24 dev eth0");
        try {
            for (int run = 0; run < 2; run++) {
                Outcome outcome = pod.init(way).succeeded();
                assertThat(outcome.out()).contains("\nENABLE_INBOUND_IPV6=true\n");
                assertThat(outcome.changedRules()).isEqualTo(run == 0);
                assertThat(pod.app().tcp(Lab.VIP6, 80).who()).isEqualTo("OUTBOUND");
                assertThat(pod.world().tcp(Lab.POD6, 8080).who()).isEqualTo("INBOUND");
            }
            // Only link-local addresses besides: as good as none.
            pod.shell("ip -6 addr del " + Lab.POD6 + "/64 dev eth0; ip -6 addr del ::6/128 dev lo");
            assertThat(pod.init(way)).extracting(Outcome::status).isEqualTo(1);
        } finally {
            pod.shell("ip addr add 10.10.0.2/24 dev eth0; ip route replace default via " + Lab.WORLD + "; ip -6 addr replace " + Lab.POD6
                    + "/64 dev eth0 nodad; ip -6 route replace default via fd00:10::1");
        }
    }

    /** What the program needs here is the JDK alone: no library that unpacks files, or holds old class files. They are not even there. */
    @Test
    void trap53_andTrap54AndTrap61_theRulesNeedNoLibraryAndNothingIsPrintedBesidesTheLog() {
        List<String> command = SidecarPod.command(List.of("-b", "*", "-i", "*", "-u", "1337")).stream()
                .map(word -> Stream.of(word.split(File.pathSeparator, -1))
                        .filter(entry -> !entry.matches(".*/(picocli|jnr-|jffi|asm)[^/]*\\.jar"))
                        .collect(Collectors.joining(File.pathSeparator)))
                .toList();
        assertThat(String.join(" ", command)).contains("capture").doesNotContain("jnr", "picocli");
        Child.Result result = pod.lab().run(Place.POD, Map.of(), "", command);
        assertThat(result).extracting(Child.Result::status, Child.Result::err).containsExactly(0, "");
        assertThat(pod.app().tcp(Lab.VIP, 80).who()).isEqualTo("OUTBOUND");
    }

    @Test
    void trap57_aProgramThatPrintsMuchBeforeItReadsDoesNotBlock() throws IOException {
        for (String where : List.of("", ">&2")) {
            Child.Result result = Child.run(
                    List.of("timeout", "10", "sh", "-c", "head -c 300000 /dev/zero | tr '\\0' x " + where + "; wc -c " + where), Map.of(),
                    "y".repeat(300_000));
            assertThat(result.status()).as(where).isZero();
            assertThat(result.out() + result.err()).hasSizeGreaterThan(300_000).endsWith("300000\n");
        }
    }
}
