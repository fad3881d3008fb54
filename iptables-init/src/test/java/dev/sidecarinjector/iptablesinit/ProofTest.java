package dev.sidecarinjector.iptablesinit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod;
import dev.sidecarinjector.iptablesinit.system.Child;
import dev.sidecarinjector.iptablesinit.system.Child.Result;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The program as a container runs it, in a namespace that exists as long as one command, with a read-only root file system. */
class ProofTest {
    private static final String RULES = "printf '*nat\\n-N ISTIO_IN_REDIRECT\\n-A ISTIO_IN_REDIRECT -p tcp -j REDIRECT --to-ports 15006\\n"
            + "-A OUTPUT -o lo ! -d 127.0.0.1/32 -p tcp -m owner --uid-owner 1337 -j ISTIO_IN_REDIRECT\\nCOMMIT\\n' | iptables-nft-restore &&";
    /** As the validation container runs: uid and gid 1337, no capability. */
    private static final String AS_PROXY = "setpriv --reuid 1337 --regid 1337 --clear-groups --bounding-set=-all --inh-caps=-all --no-new-privs ";
    private static final String SETTINGS = " -p 15001 -z 15006 -u 1337 -m REDIRECT -i '*' -x '' -b '*' -d 15090,15021,15020";
    private static final String VALIDATE = " istio-iptables" + SETTINGS + " --run-validation --skip-rule-apply";

    @BeforeAll
    static void needsNamespaces() {
        Lab.requireTools("unshare", "setpriv", "ip", "mount", "iptables-nft-restore");
    }

    private static String program() {
        return Path.of(System.getProperty("java.home"), "bin", "java") + " --enable-native-access=ALL-UNNAMED -cp "
                + SidecarPod.classPath() + " " + IptablesInit.class.getName();
    }

    private static Result run(String before, String command) throws IOException {
        return Child.run(List.of("unshare", "-n", "-m", "sh", "-c", "mount --make-rprivate / && ip link set lo up"
                + " && ip link add eth0 type veth peer name eth1 && ip link set eth0 up && ip link set eth1 up && ip addr add 10.10.0.2/24 dev eth0 && ip route add default via 10.10.0.1"
                + " && " + before + " mount -o remount,ro,bind / && exec " + command), Map.of(), "");
    }

    @Test
    void validationPassesAsTheProxyWithoutAnyRight() throws IOException {
        Result result = run(RULES, AS_PROXY + program() + VALIDATE);
        assertThat(result).extracting(Result::status, Result::err).containsExactly(0, "");
        assertThat(result.out()).contains("\tinfo\tValidation passed, iptables rules established\n");
    }

    @Test
    void validationWithoutRulesEndsInTimeWithAdvice() throws IOException {
        long start = System.nanoTime();
        Result result = run("", AS_PROXY + program() + VALIDATE + " --probe-timeout 700ms");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(Duration.ofMillis(700), Duration.ofSeconds(6));
        assertThat(result.status()).isEqualTo(126);
        assertThat(result.out()).contains("\terror\tvalidation timeout\n")
                .contains("\terror\tiptables validation failed; workload is not ready for Istio.\n");
    }

    /** The rules are for the proxy's user only (reference: trap 11). */
    @Test
    void validationAsAnotherUserFails() throws IOException {
        assertThat(run(RULES, program() + VALIDATE + " --probe-timeout 500ms").status()).isEqualTo(126);
    }

    @Test
    void validationAtAnotherProbePortThanTheClientsFails() throws IOException {
        // 15002 is connected to, but only the port 15003 is redirected.
        Result result = run(RULES.replace("-p tcp -m owner", "-p tcp --dport 15003 -m owner"),
                AS_PROXY + program() + VALIDATE + " --probe-timeout 500ms");
        assertThat(result.status()).isEqualTo(126);
    }

    @Test
    void rulesAreAppliedThenVerified() throws IOException {
        Result result = run(applied(), program() + " verify --output=json" + SETTINGS);
        assertThat(result).extracting(Result::status, Result::err).containsExactly(0, "");
        assertThat(result.out()).startsWith("{\"holds\": true, \"checks\": [\n").doesNotContain("not checked");
    }

    private static String applied() {
        return program() + " istio-iptables" + SETTINGS + " >/dev/null &&";
    }

    @Test
    void verifyWithoutRulesExitsWith126() throws IOException {
        Result result = run("", program() + " verify" + SETTINGS);
        assertThat(result.status()).isEqualTo(126);
        assertThat(result.out()).contains("FAILED       a neighbour to tcp 10.10.0.2:9797");
    }

    @Test
    void whatCannotBeTriedIsNeverTakenAsPassed() throws IOException {
        Result result = run(applied(), AS_PROXY + program() + " verify" + SETTINGS);
        assertThat(result.out())
                .contains(
                        "not checked  the application to tcp 203.0.113.10:9797: expected the proxy's outbound port 15001, with the original destination"
                                + " (captured destination); not checked: acting as user 5000 and group 5000: CAP_SETUID and CAP_SETGID are missing\n")
                .contains("ok           the proxy's user to tcp 10.10.0.2:9797: expected the proxy's inbound port 15006")
                .contains("not checked  a neighbour to tcp 10.10.0.2:9797:").contains("CAP_NET_ADMIN is missing\n");
        assertThat(result.status()).isZero();
    }

    @Test
    void verifyRefusesTheMachinesOwnNetwork() throws IOException {
        Result result = Child.run(List.of("sh", "-c", program() + " verify" + SETTINGS), Map.of(), "");
        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err())
                .contains("Error: this is the network namespace of the machine, not of a pod (network namespace): ")
                .endsWith("give --allow-host-network\n");
    }

    @Test
    void verifyKnowsItsFormats() throws IOException {
        assertThat(Child.run(List.of("sh", "-c", program() + " verify --output yaml"), Map.of(), "")).isEqualTo(
                new Result(255, "", "Error: invalid argument \"yaml\" for \"--output\" flag: give text or json\n"));
    }
}
