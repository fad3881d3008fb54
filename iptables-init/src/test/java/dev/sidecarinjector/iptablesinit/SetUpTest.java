package dev.sidecarinjector.iptablesinit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.Lab.Place;
import dev.sidecarinjector.iptablesinit.lab.Seen;
import dev.sidecarinjector.iptablesinit.system.Child;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The main command in a real kernel. Numbers in names are those of the traps that the reference implementation was seen to fall into. */
class SetUpTest {
    private static final String NFT = "--force-iptables-binary=nft";
    private static final String LEGACY = "--force-iptables-binary=legacy";
    private static final String NATIVE = "--native-nftables";

    @ParameterizedTest
    @ValueSource(strings = {NFT, LEGACY, NATIVE})
    void theUsualLineCapturesBothWaysInBothFamilies(String backend) {
        try (Lab lab = Lab.dualStack()) {
            assertThat(Program.in(lab).usual("--dual-stack", backend)).extracting(Child.Result::status, Child.Result::err).containsExactly(
                    0,
                    "");
            assertThat(lab.app().tcp(Lab.VIP, 80)).extracting(Seen::who, Seen::originalDestination).containsExactly("OUTBOUND",
                    Lab.VIP + ":80");
            assertThat(lab.app().tcp(Lab.VIP6, 443)).extracting(Seen::who, Seen::originalDestination).containsExactly("OUTBOUND",
                    "[" + Lab.VIP6 + "]:443");
            assertThat(lab.world().tcp(Lab.POD, 8080)).extracting(Seen::who, Seen::originalDestination).containsExactly("INBOUND",
                    Lab.POD + ":8080");
            assertThat(lab.world().tcp(Lab.POD6, 8080).who()).isEqualTo("INBOUND");
            assertThat(lab.world().tcp(Lab.POD, 15020).who()).isEqualTo("APP");
            assertThat(lab.proxy().tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
            assertThat(lab.proxy().tcp(Lab.POD, 8080).who()).isEqualTo("INBOUND");
            assertThat(lab.proxy().source("127.0.0.6").tcp(Lab.POD, 8080)).extracting(Seen::who, seen -> seen.peer().split(":", -1)[0])
                    .containsExactly("APP", "127.0.0.6");
            assertThat(lab.proxy().source("::6").tcp(Lab.POD6, 8080).who()).isEqualTo("APP");
            assertThat(lab.app().tcp("127.0.0.1", 8080).who()).isEqualTo("APP");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NFT, LEGACY, NATIVE})
    void trap1ASecondRunChangesNothing(String backend) {
        try (Lab lab = Lab.dualStack()) {
            Program.in(lab).usual("--dual-stack", backend);
            String before = state(lab);
            Child.Result second = Program.in(lab).usual("--dual-stack", backend);
            assertThat(second.status()).isZero();
            assertThat(second.out()).doesNotContain("Applying");
            assertThat(state(lab)).isEqualTo(before).contains("15006");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NFT, LEGACY, NATIVE})
    void trap2AnotherConfigurationReplacesTheFirstAndBack(String backend) {
        try (Lab lab = Lab.ipv4()) {
            Program program = Program.in(lab);
            program.usual(backend);
            String first = state(lab);
            assertThat(program.usual(backend, "--drop-invalid", "--redirect-dns", "--capture-all-dns").status()).isZero();
            assertThat(state(lab)).contains("15053").containsIgnoringCase("invalid");
            assertThat(lab.app().udp(Lab.DNS, 53).who()).isEqualTo("AGENTDNS");
            assertThat(program.usual(backend).status()).isZero();
            assertThat(state(lab)).isEqualTo(first);
            assertThat(lab.app().udp(Lab.DNS, 53).who()).isEqualTo("REALDNS");
        }
    }

    @Test
    void trap3DetectionWritesNothingSoThatTheSecondRunChoosesTheSame() {
        try (Lab lab = Lab.ipv4()) {
            Program.in(lab).usual();
            assertThat(lab.run(Place.POD, "", "cat", "/proc/net/ip_tables_names").out()).isEmpty();
            Program.in(lab).usual();
            assertThat(lab.run(Place.POD, "", "iptables-legacy-save").out()).isEmpty();
            assertThat(lab.run(Place.POD, "", "iptables-nft-save").out()).contains("-j ISTIO_OUTPUT");
        }
    }

    @Test
    void withRulesOfTheOlderKindLoadedThatKindIsUsed() {
        try (Lab lab = Lab.ipv4()) {
            Program.in(lab).usual(LEGACY);
            assertThat(Program.in(lab).usual("-o", "5432").out()).contains("using iptables-legacy: it has rules already");
            assertThat(lab.run(Place.POD, "", "iptables-nft-save").out()).doesNotContain("ISTIO");
            assertThat(lab.app().tcp(Lab.VIP, 5432).who()).isEqualTo("REAL");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NFT, LEGACY, NATIVE})
    void trap8And14CleanupWithoutAnyFlagLeavesNothing(String backend) {
        try (Lab lab = Lab.dualStack()) {
            Program program = Program.in(lab);
            String before = state(lab);
            program.usual("--dual-stack", backend, "-m", "TPROXY", "--redirect-dns", "--capture-all-dns", "--drop-invalid", "-k", "eth1");
            assertThat(state(lab)).contains("fwmark 0x539", " ::6", "15053");
            assertThat(program.run("--cleanup-only").status()).isZero();
            assertThat(state(lab).lines().filter(line -> line.matches("-A.*|.*ISTIO.*|.*istio.*|.*fwmark.*|.* ::6[ /].*"))).isEmpty();
            assertThat(before).doesNotContain("fwmark");
        }
    }

    @Test
    void trap10ADryRunIsDryAlsoInNativeMode(@TempDir Path folder) throws IOException {
        Path record = Files.writeString(folder.resolve("record"), "x".repeat(100_000));
        try (Lab lab = Lab.ipv4()) {
            String before = state(lab);
            Child.Result run = Program.in(lab).with("DRY_RUN_FILE_PATH", record.toString()).usual("--dry-run", NATIVE);
            assertThat(run.status()).isZero();
            assertThat(state(lab)).isEqualTo(before);
            assertThat(record).content().contains("redirect to :15006").doesNotContain("xxx");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {NFT, LEGACY})
    void trap14TproxyKeepsTheClientsAddressAndAddsItsRouteOnce(String backend) {
        try (Lab lab = Lab.dualStack()) {
            for (int i = 0; i < 3; i++) {
                assertThat(Program.in(lab).usual("--dual-stack", backend, "-m", "TPROXY").status()).isZero();
            }
            assertThat(lab.run(Place.POD, "", "ip", "rule").out().lines().filter(line -> line.contains("fwmark"))).containsExactly(
                    "32765:\tfrom all fwmark 0x539 lookup 133");
            assertThat(lab.world().tcp(Lab.POD, 8080)).extracting(Seen::who, Seen::local, seen -> seen.peer().split(":", -1)[0])
                    .containsExactly(
                            "TPROXY-IN", Lab.POD + ":8080", Lab.WORLD);
            assertThat(lab.world().tcp(Lab.POD6, 8080)).extracting(Seen::who, Seen::local).containsExactly("TPROXY-IN",
                    "[" + Lab.POD6 + "]:8080");
        }
    }

    @Test
    void whenTheSecondFamilyFailsTheFirstIsPutBack(@TempDir Path folder) throws IOException {
        Path failing = Files.writeString(folder.resolve("ip6tables-nft-restore"),
                "#!/bin/sh\necho 'line 3 failed: No such file' >&2\nexit 1\n");
        assertThat(failing.toFile().setExecutable(true)).isTrue();
        try (Lab lab = Lab.dualStack()) {
            lab.run(Place.POD, "*nat\n:MINE - [0:0]\n-A OUTPUT -p tcp --dport 9 -j MINE\nCOMMIT\n", "iptables-nft-restore");
            String before = rules(lab);
            Child.Result run = Program.in(lab).with("PATH", folder + ":" + System.getenv("PATH")).usual("--dual-stack", NFT, "-m",
                    "TPROXY");
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.out()).contains("ip6tables-nft-restore failed", "No such file", "were put back");
            assertThat(rules(lab)).isEqualTo(before).contains("MINE");
            assertThat(lab.app().tcp(Lab.VIP, 80).who()).isEqualTo("REAL");
        }
    }

    @Test
    void aRefusedRuleIsNamedWithTheProgramsOwnWords() {
        try (Lab lab = Lab.ipv4()) {
            Child.Result run = Program.in(lab).usual(NFT, "-c", "an-interface-with-a-long-name");
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.out()).contains("an-interface-with-a-long-name").contains("\terror\t");
            assertThat(rules(lab)).isEmpty();
        }
    }

    @Test
    void trap49WithoutTheCapabilityTheMessageNamesIt() {
        try (Lab lab = Lab.ipv4()) {
            Lab.requireTools("setpriv");
            Child.Result run = lab.run(Place.POD, Map.of(), "", List.of("setpriv", "--reuid=1337", "--clear-groups",
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", System.getProperty("java.class.path"),
                    IptablesInit.class.getName(), "-u", "1337", NFT));
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.out()).contains("iptables-nft-save failed", "NET_ADMIN").containsAnyOf("Permission denied", "not permitted");
        }
    }

    @Test
    void theMachinesOwnNetworkIsRefusedAndReadOnly() throws IOException {
        Lab.requireTools("ip");
        List<String> command = List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), IptablesInit.class.getName(), "istio-iptables", "-u", "1337");
        Child.Result run = Child.run(command, Map.of(), "");
        if (Files.exists(Path.of("/proc/sys/net/core/netdev_max_backlog"))) {
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.out()).contains("network namespace of the machine", "--allow-host-network");
        }
    }

    @Test
    void anUnknownFlagIsOneLineOnEachStreamAndStatus255() {
        try (Lab lab = Lab.ipv4()) {
            Child.Result run = Program.in(lab).usual("--nope");
            assertThat(run.status()).isEqualTo(255);
            assertThat(run.err()).isEqualTo("Error: unknown flag: --nope\n");
            assertThat(run.out()).matches("\\S+\terror\tunknown flag: --nope\n");
        }
    }

    @Test
    void skippedRulesAreNotApplied() {
        try (Lab lab = Lab.ipv4()) {
            String before = state(lab);
            assertThat(Program.in(lab).usual("--skip-rule-apply").status()).isZero();
            assertThat(state(lab)).isEqualTo(before);
        }
    }

    /** Rules of the newer kind in both families. */
    private static String rules(Lab lab) {
        return without(lab.run(Place.POD, "", "iptables-nft-save").out() + lab.run(Place.POD, "", "ip6tables-nft-save").out());
    }

    /** All that the program might change. */
    private static String state(Lab lab) {
        StringBuilder state = new StringBuilder();
        for (String program : List.of("iptables-nft-save", "ip6tables-nft-save", "iptables-legacy-save", "ip6tables-legacy-save",
                "nft -s list ruleset inet", "ip rule", "ip -6 rule", "ip addr show dev lo", "ip route show table all")) {
            if (program.contains("legacy")) {
                String list = program.startsWith("ip6") ? "/proc/net/ip6_tables_names" : "/proc/net/ip_tables_names";
                if (lab.run(Place.POD, "", "cat", list).out().isBlank()) {
                    continue;
                }
            }
            state.append(lab.run(Place.POD, "", program.split(" ", -1)).out());
        }
        return without(state.toString());
    }

    /** Without remarks, which hold the time, without counts, and without tables and chains of the kernel's own, which stay when they are empty. */
    private static String without(String dump) {
        return dump.replaceAll("(?m)^#.*\n", "").replaceAll("(?m)^([*:][a-z]+|:[A-Z]+ (ACCEPT .*)|COMMIT)\n", "")
                .replaceAll("\\[\\d+:\\d+]", "[0:0]");
    }
}
