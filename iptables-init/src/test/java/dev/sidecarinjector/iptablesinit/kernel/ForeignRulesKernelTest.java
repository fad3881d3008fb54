package dev.sidecarinjector.iptablesinit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod;
import dev.sidecarinjector.iptablesinit.lab.Way;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Rules that somebody else made stay, in their order and on their side of ours. */
class ForeignRulesKernelTest extends KernelTest {
    private static final String BEFORE = """
            *filter
            :THEIRS - [0:0]
            -A INPUT -s 192.0.2.1/32 -j DROP
            -A FORWARD -j THEIRS
            -A THEIRS -p tcp -m tcp --dport 7 -j ACCEPT
            COMMIT
            *nat
            :THEIRS - [0:0]
            -A PREROUTING -p tcp -m tcp --dport 7 -j THEIRS
            -A OUTPUT -p tcp -m tcp --dport 8 -j THEIRS
            -A POSTROUTING -s 192.0.2.0/24 -j MASQUERADE
            COMMIT
            *mangle
            -A PREROUTING -p tcp -m tcp --dport 7 -j MARK --set-xmark 0x7/0xffffffff
            -A OUTPUT -p tcp -m tcp --dport 8 -j MARK --set-xmark 0x8/0xffffffff
            COMMIT
            *raw
            -A PREROUTING -p udp -m udp --dport 7 -j CT --notrack
            -A OUTPUT -p udp -m udp --dport 8 -j CT --notrack
            COMMIT
            """;
    private static final String AFTER = """
            *filter
            -I INPUT 1 -s 192.0.2.2/32 -j DROP
            COMMIT
            *nat
            -A PREROUTING -p tcp -m tcp --dport 9 -j THEIRS
            -A OUTPUT -p tcp -m tcp --dport 10 -j THEIRS
            -I OUTPUT 1 -p tcp -m tcp --dport 11 -j THEIRS
            COMMIT
            *mangle
            -A PREROUTING -p tcp -m tcp --dport 9 -j MARK --set-xmark 0x9/0xffffffff
            -I OUTPUT 1 -p tcp -m tcp --dport 11 -j MARK --set-xmark 0xb/0xffffffff
            COMMIT
            *raw
            -A PREROUTING -p udp -m udp --dport 9 -j CT --notrack
            COMMIT
            """;
    private static final List<List<String>> CONFIGURATIONS = List.of(
            List.of("-m", "TPROXY", "--redirect-dns", "--drop-invalid", "-c", "eth9"),
            List.of("-k", "eth7", "--redirect-dns", "--capture-all-dns"), List.of("-b", "8080"),
            List.of("-m", "TPROXY", "-k", "eth7,eth8"));

    @BeforeAll
    static void start() {
        pod = SidecarPod.ipv4();
    }

    /** A table without rules of theirs is as good as none. */
    private static List<String> theirs(Way way) {
        return pod.rules(way).lines().filter(line -> line.startsWith("-A") || line.contains("THEIRS"))
                .filter(line -> !line.contains("ISTIO") && !line.contains("0x539") && !line.contains("0x53a")
                        && !line.matches(".*-[io] eth[789] .*"))
                .toList();
    }

    private static int place(Way way, String rule) {
        List<String> chain = pod.shell(way.program(false) + " -t nat -S OUTPUT").lines().toList();
        return chain.indexOf(rule) - chain.indexOf("-A OUTPUT -j ISTIO_OUTPUT");
    }

    @ParameterizedTest
    @EnumSource(value = Way.class, names = {"LEGACY", "NFT"})
    void theyStayInTheirOrderThroughApplyChangeAndCleanup(Way way) {
        pod.feed(BEFORE, way.program(false) + "-restore", "--noflush");
        List<String> theirs = theirs(way);
        assertThat(theirs).hasSize(12);
        pod.init(way).succeeded();
        assertThat(theirs(way)).isEqualTo(theirs);
        pod.feed(AFTER, way.program(false) + "-restore", "--noflush");
        theirs = theirs(way);
        assertThat(theirs).hasSize(19);
        for (List<String> configuration : CONFIGURATIONS) {
            pod.init(way, configuration.toArray(String[]::new)).succeeded();
            assertThat(theirs(way)).as(configuration.toString()).isEqualTo(theirs);
            assertThat(place(way, "-A OUTPUT -p tcp -m tcp --dport 8 -j THEIRS")).isNegative();
            assertThat(place(way, "-A OUTPUT -p tcp -m tcp --dport 10 -j THEIRS")).isPositive();
            assertThat(pod.init(way, configuration.toArray(String[]::new)).succeeded().changedRules()).isFalse();
            assertThat(pod.world().tcp(Lab.POD, 8080).who()).isIn("INBOUND", "TPROXY-IN");
        }
        pod.run("--cleanup-only").succeeded();
        assertThat(theirs(way)).isEqualTo(theirs);
        assertThat(pod.rules(way)).doesNotContain("ISTIO", "0x539", "eth7");
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void tablesOfNftablesThatAreNotOursAreNotTouched(Way way) {
        pod.feed("""
                table inet theirs {
                    set s { type ipv4_addr; elements = { 192.0.2.1 }; }
                    chain c { type nat hook output priority -90; ip daddr @s drop; }
                }
                table ip istio-proxy-theirs {
                    chain istio-output { counter; }
                }
                """, "nft", "-f", "-");
        String theirs = pod.shell("nft -a list table inet theirs; nft -a list table ip istio-proxy-theirs");
        for (List<String> configuration : CONFIGURATIONS) {
            pod.init(way, configuration.toArray(String[]::new)).succeeded();
        }
        pod.run("--cleanup-only").succeeded();
        assertThat(pod.shell("nft -a list table inet theirs; nft -a list table ip istio-proxy-theirs")).isEqualTo(theirs);
    }
}
