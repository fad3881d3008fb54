package dev.sidecarinjector.iptablesinit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.Saboteur;
import dev.sidecarinjector.iptablesinit.lab.Saboteur.Moment;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod;
import dev.sidecarinjector.iptablesinit.lab.Way;
import dev.sidecarinjector.iptablesinit.system.Child;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The program is killed, or a program that it needs fails, at every step. */
class FaultsKernelTest extends KernelTest {
    private static final List<String> FIRST = List.of("--dual-stack");
    /** Each once: the kernel remembers a query for half a minute. */
    private static int nextPort = 30_000;
    private static final List<String> SECOND = List.of("--dual-stack", "-m", "TPROXY", "--redirect-dns", "--drop-invalid", "-o", "5432");

    @TempDir
    private Path folder;

    @BeforeAll
    static void start() {
        pod = SidecarPod.dualStack();
    }

    private static List<String> words(Way way, List<String> more) {
        List<String> words = new ArrayList<>(SidecarPod.DEFAULT);
        words.add(way.flag());
        words.addAll(more);
        return words;
    }

    private static String state(Way way) {
        return pod.rules(way) + pod.shell("ip rule; ip -6 rule; ip route show table 133; ip -6 route show table 133; ip -6 addr show lo");
    }

    /** Whoever of both it is, nobody is sent to where nobody listens, and what was captured is captured. */
    private static void assertNobodyIsLost(boolean captured, String when) {
        for (String vip : List.of(Lab.VIP, Lab.VIP6)) {
            assertThat(pod.app().tcp(vip, 80).who()).as(when).isIn("OUTBOUND", captured ? "OUTBOUND" : "REAL");
            assertThat(pod.proxy().tcp(vip, 80).who()).as(when).isEqualTo("REAL");
        }
        for (String own : List.of(Lab.POD, Lab.POD6)) {
            assertThat(pod.world().tcp(own, 8080).who()).as(when).isIn("INBOUND", "TPROXY-IN", captured ? "INBOUND" : "APP");
            assertThat(pod.app().tcp(own, 8080).who()).as(when).isEqualTo("APP");
        }
        assertThat(pod.app().tcp("127.0.0.1", 8080).who()).as(when).isEqualTo("APP");
        int port = nextPort++;
        assertThat(pod.app().sourcePort(port).udp(Lab.DNS, 53).who()).as(when).isIn("REALDNS", "AGENTDNS");
        assertThat(pod.proxy().sourcePort(port).udp(Lab.DNS, 53).who()).as(when).isEqualTo("REALDNS");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void killedAtAnyStepOfAChangeTheNextRunEndsInTheWantedState(Way way) throws IOException {
        pod.run(words(way, SECOND).toArray(String[]::new)).succeeded();
        String wanted = state(way);
        killAtEveryStep(way, wanted, FIRST);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void killedAtAnyStepOfAFirstRunTheNextRunEndsInTheWantedState(Way way) throws IOException {
        pod.run(words(way, SECOND).toArray(String[]::new)).succeeded();
        String wanted = state(way);
        killAtEveryStep(way, wanted, List.of());
    }

    private void killAtEveryStep(Way way, String wanted, List<String> before) throws IOException {
        Saboteur saboteur = new Saboteur(folder);
        prepare(way, before);
        assertThat(saboteur.run(pod, words(way, SECOND)).status()).isZero();
        List<String> calls = saboteur.calls();
        assertThat(state(way)).isEqualTo(wanted);
        assertThat(calls).hasSizeGreaterThan(1);
        for (int call = 1; call <= calls.size(); call++) {
            for (Moment moment : Moment.values()) {
                String program = calls.get(call - 1);
                boolean writes = program.contains("-restore") || program.startsWith("nft -f") || program.contains("-batch");
                // Killed before a call is the same as after the one before it.
                boolean other = switch (moment) {
                    case BEFORE -> call == 1;
                    case WITHIN, NEARLY_DONE -> program.contains("-restore");
                    case AFTER -> writes;
                };
                if (!other) {
                    continue;
                }
                prepare(way, before);
                Child.Result killed = saboteur.kill(pod, moment, call, words(way, SECOND));
                String when = way + " killed " + moment + " " + program;
                assertThat(killed.status()).as(when).isEqualTo(137);
                assertNobodyIsLost(!before.isEmpty(), when);
                pod.run(words(way, SECOND).toArray(String[]::new)).succeeded();
                assertThat(state(way)).as(when).isEqualTo(wanted);
            }
        }
    }

    private static void prepare(Way way, List<String> before) {
        pod.reset();
        if (!before.isEmpty()) {
            pod.run(words(way, before).toArray(String[]::new)).succeeded();
        }
    }

    @ParameterizedTest
    @EnumSource(value = Way.class, names = {"LEGACY", "NFT"})
    void whenTheSecondFamilyFailsTheFirstIsAsItWas(Way way) throws IOException {
        for (List<String> before : List.of(FIRST, List.<String>of())) {
            prepare(way, before);
            pod.feed("*nat\n:MINE - [0:0]\n-A OUTPUT -p tcp --dport 9 -j MINE\nCOMMIT\n*filter\n-A INPUT -s 192.0.2.1 -j DROP\nCOMMIT\n",
                    way.program(false) + "-restore", "--noflush");
            String rules = state(way);
            Child.Result failed = new Saboteur(folder).fail(pod, way.program(true) + "-restore", words(way, SECOND));
            assertThat(failed.status()).isEqualTo(1);
            assertThat(failed.out()).containsPattern("\terror\t.*" + way.program(true)
                    + "-restore failed with exit status 1 at \".*\": line 3 failed: No such file or directory");
            assertThat(failed.out()).contains("the rules of IPV4 were put back as they were");
            assertThat(state(way)).isEqualTo(rules);
            assertNobodyIsLost(!before.isEmpty(), "put back");
        }
    }

    /** A second run asks each family once, and starts nothing else, however long the lists are. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void trap41_aSecondRunStartsNoProcessPerRule(Way way) throws IOException {
        Saboteur saboteur = new Saboteur(folder);
        StringBuilder list = new StringBuilder("10.0.0.0/24");
        for (int i = 1; i < 2_000; i++) {
            list.append(",10.").append(i / 256).append('.').append(i % 256).append(".0/24");
        }
        List<String> words = words(way, List.of("--no-sets", "--dual-stack", "-x", list.toString()));
        pod.run(words.toArray(String[]::new)).succeeded();
        Child.Result second = saboteur.run(pod, words);
        assertThat(second.status()).isZero();
        assertThat(saboteur.calls()).hasSize(way == Way.NATIVE ? 1 : 2).noneMatch(call -> call.contains("restore"));
    }

    @Test
    void aFirstRunStartsNoMoreProgramsThanItNeeds() throws IOException {
        Saboteur saboteur = new Saboteur(folder);
        for (Way way : Way.values()) {
            // Of its own: in a pod with tables of the older kind the others look into them, too.
            try (SidecarPod fresh = SidecarPod.ipv4()) {
                assertThat(saboteur.run(fresh, words(way, List.of())).status()).isZero();
                assertThat(saboteur.calls()).as(way.toString()).hasSizeLessThanOrEqualTo(3);
            }
        }
    }
}
