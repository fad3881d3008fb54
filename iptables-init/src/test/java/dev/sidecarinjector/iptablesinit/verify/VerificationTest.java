package dev.sidecarinjector.iptablesinit.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sidecarinjector.capture.address.Family;
import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod;
import dev.sidecarinjector.iptablesinit.socket.Endpoint;
import dev.sidecarinjector.iptablesinit.socket.NativeSocket;
import dev.sidecarinjector.iptablesinit.system.Child;
import dev.sidecarinjector.iptablesinit.verify.Verification.Unable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the rules that settings ask for every promise holds, and without them it doesn't. */
class VerificationTest {
    @ParameterizedTest
    @EnumSource
    void withItsRulesEveryConfigurationHolds(Configuration configuration) {
        for (String program : new String[]{"legacy", "nft", "native"}) {
            try (VerifiedPod pod = new VerifiedPod(program, configuration.commandLine()).load()) {
                Report report = pod.verify();
                assertThat(report.text()).as(program).contains(" 0 failed, 0 not checked\n");
                assertThat(report.holds()).isTrue();
            }
        }
    }

    @Test
    void everythingAtOnceHolds() {
        try (VerifiedPod pod = new VerifiedPod("nft", "-u", "1337,1400", "-g", "1338", "-m", "TPROXY", "-b", "80,9000-9010", "-i",
                "127.0.0.0/8,10.0.0.0/8,2001:db8::/32", "-x", "10.1.0.0/16,2001:db8:5::/48", "-q", "443", "-o", "5432,53", "--dual-stack",
                "--redirect-dns", "--capture-all-dns").load()) {
            assertThat(pod.verify().text()).contains(" 0 failed, 0 not checked\n");
        }
    }

    @Test
    void withoutRulesWhatIsNotCapturedIsNamed() {
        try (VerifiedPod pod = new VerifiedPod("nft", Configuration.DNS.commandLine())) {
            Report report = pod.verify();
            assertThat(report.hasFailed()).isTrue();
            assertThat(report.text())
                    .contains("FAILED       the application to tcp 203.0.113.10:9797: expected the proxy's outbound port 15001,"
                            + " with the original destination (captured destination); seen: refused\n")
                    .contains("FAILED       the application to udp 203.0.113.10:53: expected the agent's port 15053")
                    .contains("FAILED       a neighbour to tcp 10.10.0.2:9797: expected the proxy's inbound port 15006")
                    .contains("ok           the proxy's user to tcp 203.0.113.10:9797: expected not captured");
        }
    }

    @Test
    void namesOfPortsAreLookedUpAsTheRulesProgramsDo() {
        assumeTrue(Files.exists(Path.of("/etc/services")), "names of ports are in /etc/services, which is not there");
        try (VerifiedPod pod = new VerifiedPod("nft", "-u", "1337", "-i", "*", "-b", "http,https", "-o", "ssh").load()) {
            assertThat(pod.verify().text()).contains("ok           a neighbour to tcp 10.10.0.2:443: expected the proxy's inbound port",
                    "ok           the application to tcp 203.0.113.10:22: expected not captured", " 0 failed, 0 not checked\n");
        }
    }

    /** Whoever answers in the proxy's place without knowing the word is somebody else. */
    @Test
    void anotherProgramCannotStandInForTheProxy() {
        try (VerifiedPod pod = new VerifiedPod("nft", Configuration.DEFAULT.commandLine())) {
            pod.run("*nat\n-A OUTPUT -p tcp -d 203.0.113.10 -j REDIRECT --to-ports 7777\nCOMMIT\n", "iptables-nft-restore");
            NativeSocket impostor = pod.inPod(() -> NativeSocket.tcp(Family.IPV4).bind(Endpoint.any(Family.IPV4, 7777)).listen());
            Thread answering = new Thread(() -> {
                try (NativeSocket connection = impostor.accept()) {
                    connection.send("00000000000000000000000000000000 outbound 203.0.113.10:9797 127.0.0.1:15001 10.10.0.2:1".getBytes(
                            java.nio.charset.StandardCharsets.US_ASCII));
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            answering.start();
            assertThat(pod.verify().text()).contains("FAILED       the application to tcp 203.0.113.10:9797:");
            impostor.close();
        }
    }

    @Test
    void whereAProxyRunsNothingIsTakenFromIt() {
        try (VerifiedPod pod = new VerifiedPod("nft", Configuration.DEFAULT.commandLine()).load()) {
            NativeSocket proxy = pod.inPod(() -> NativeSocket.tcp(Family.IPV4).bind(Endpoint.any(Family.IPV4, 15001)).listen());
            assertThatThrownBy(pod::verify).hasCauseInstanceOf(Unable.class)
                    .hasMessageContaining("port 15001 (the proxy's outbound port) is taken: verify before the proxy starts");
            proxy.close();
        }
    }

    /** For each mode a rule or a route of a kind that only this check looks at. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"TPROXY|ip -4 rule del fwmark 1337 lookup 133|a neighbour, through the pod,",
            "TPROXY|ip -4 route flush table 133|with a client's address,",
            "DUAL_STACK|ip -6 addr del ::6/128 dev lo|handing a connection to the application, to tcp [fd00:10::2]"})
    void routesAndAddressesThatRulesRelyOnAreNeeded(Configuration configuration, String command, String subject) {
        try (VerifiedPod pod = new VerifiedPod("nft", configuration.commandLine()).load()) {
            pod.run("", command.split(" ", -1));
            assertThat(pod.verify().text().lines()).anyMatch(line -> line.startsWith("FAILED") && line.contains(subject));
        }
    }

    /** The neighbour's cable is in the pod's network, where nobody else would take it away. */
    @Test
    void nothingIsLeftWhereItIsKilled() throws Exception {
        Lab.requireTools("ip", "unshare");
        String script = """
                ip link set lo up; ip addr add 10.10.0.2/32 dev lo
                "$@" > /dev/null 2>&1 & p=$!
                while kill -0 $p && ! ip link | grep -q siv; do :; done
                ip link | grep -c ": siv"
                kill -9 $p; wait $p
                for i in $(seq 1000); do ip link | grep -q siv || break; done
                ip link | grep -c ": siv"
                """;
        List<String> command = new ArrayList<>(List.of("unshare", "-n", "sh", "-c", script, "sh"));
        command.addAll(SidecarPod.command(List.of("verify", "-i", "*", "-b", "*")));
        assertThat(Child.run(command, Map.of(), "").out()).isEqualTo("1\n0\n");
    }

    @Test
    void jsonHasALineForEachCheck() {
        Report report = new Report(java.util.List.of(
                new Outcome(Outcome.Verdict.OK, "a \"b\"", "c", "d", "e"), new Outcome(Outcome.Verdict.NOT_CHECKED, "f", "", "g", "")));
        assertThat(report.json()).isEqualTo("""
                {"holds": true, "checks": [
                {"check": "a \\"b\\"", "result": "ok", "expected": "c", "seen": "d", "reason": "e"},
                {"check": "f", "result": "not checked", "expected": "", "seen": "g", "reason": ""}
                ]}
                """);
        assertThat(report.text()).isEqualTo("""
                ok           a "b": expected c (e); seen: d
                not checked  f: g
                1 ok, 0 failed, 1 not checked
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ok", "failed", "not checked"})
    void aReportHoldsOnlyIfSomethingWasCheckedAndNothingFailed(String verdict) {
        Outcome.Verdict of = Outcome.Verdict.valueOf(verdict.toUpperCase(java.util.Locale.ROOT).replace(' ', '_'));
        Report report = new Report(java.util.List.of(new Outcome(of, "a", "b", "c", "")));
        assertThat(report.holds()).isEqualTo(verdict.equals("ok"));
        assertThat(report.hasFailed()).isEqualTo(verdict.equals("failed"));
    }
}
