package dev.sidecarinjector.iptablesinit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.lab.ConnectLoop;
import dev.sidecarinjector.iptablesinit.lab.ConnectLoop.Summary;
import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.Lab.Place;
import dev.sidecarinjector.iptablesinit.lab.SidecarPod;
import dev.sidecarinjector.iptablesinit.lab.Way;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that connect all the time while the rules change never fail and never get past the proxy. */
class NoHoleKernelTest {
    private static final int CHANGES = 100;
    /** The slowest of some thousand connects; what is to be seen is far below the second after which a lost packet is sent again. */
    private static final double MOST_MILLIS = 50;

    /** All of them capture the clients of this test. */
    private static final List<List<String>> CONFIGURATIONS = List.of(List.of("--redirect-dns", "--drop-invalid", "-x", "192.0.2.0/24"),
            List.of("-m", "TPROXY", "-o", "5432", "-k", "eth7"), List.of(), List.of("-i", Lab.VIP + "/32", "-q", "443", "-b", "8080,8081"),
            List.of("-m", "TPROXY", "-b", "8080", "--redirect-dns", "--capture-all-dns", "-u", "1337,1338"),
            List.of("-i", IntStream.range(0, 150).mapToObj(i -> "10." + i + ".0.0/24,").collect(Collectors.joining()) + Lab.VIP + "/32"));

    @ParameterizedTest
    @EnumSource(Way.class)
    void trap34_aHundredChangesAreSeenByNobody(Way way) {
        try (SidecarPod pod = SidecarPod.ipv4()) {
            pod.init(way).succeeded();
            try (ConnectLoop outbound = ConnectLoop.start(pod.lab(), Place.POD, Lab.USER, Lab.VIP, 80);
                    ConnectLoop inbound = ConnectLoop.start(pod.lab(), Place.WORLD, Lab.USER, Lab.POD, 8080)) {
                for (int change = 0; change < CHANGES; change++) {
                    List<String> more = CONFIGURATIONS.get(change % CONFIGURATIONS.size());
                    assertThat(pod.init(way, more.toArray(String[]::new)).succeeded().changedRules()).as(more.toString()).isTrue();
                }
                Summary out = outbound.stop();
                Summary in = inbound.stop();
                System.out.println(way + ": " + CHANGES + " changes, outbound " + out + ", inbound " + in);
                assertThat(out.counts().keySet()).containsExactly("OUTBOUND");
                assertThat(in.counts().keySet()).isSubsetOf(Set.of("INBOUND", "TPROXY-IN"));
                assertThat(out.counts().get("OUTBOUND")).isGreaterThan(CHANGES);
                assertThat(Math.max(out.slowestMillis(), in.slowestMillis())).isLessThan(MOST_MILLIS);
            }
        }
    }
}
