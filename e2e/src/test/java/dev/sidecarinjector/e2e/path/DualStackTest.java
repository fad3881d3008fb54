package dev.sidecarinjector.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.Lab.Place;
import dev.sidecarinjector.iptablesinit.lab.Seen;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Template envoy with {@code envoy.dualStack} and REDIRECT: both families take the same ways. */
class DualStackTest {
    private static TwoPods pods;

    /** Addresses of a family, and how Envoy writes them before a port. */
    enum Family {
        IPV4(Lab.VIP, Lab.POD, Lab.POD2, Lab.WORLD_ETH1, "127.0.0.6"), //
        IPV6(Lab.VIP6, Lab.POD6, Lab.POD2_IPV6, Lab.WORLD_ETH1_IPV6, "0:0:0:0:0:0:0:6");

        final String outside;
        final String first;
        final String second;
        final String world;
        /** From where the application is called, as Java writes it. */
        final String proxy;

        Family(String outside, String first, String second, String world, String proxy) {
            this.outside = outside;
            this.first = first;
            this.second = second;
            this.world = world;
            this.proxy = proxy;
        }

        static String written(String address) {
            return address.contains(":") ? "[" + address + "]" : address;
        }
    }

    @BeforeAll
    static void start() {
        InjectedPod pod = InjectedPod.with("envoy", Map.of("envoy.dualStack", true), Map.of());
        pods = TwoPods.with(pod, pod);
    }

    @AfterAll
    static void stop() {
        if (pods != null) {
            pods.close();
        }
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aRequestToTheOutsideGoesThroughTheOutboundPort(Family family) {
        String path = "/outside-" + family;
        assertThat(Http.get(pods.first().namespace(), family.outside, HttpApp.PORT, path).status()).isEqualTo(200);
        assertThat(pods.first().line(path)).contains("outbound-http ", " 200 ", "from=" + Family.written(family.first) + ":",
                "to=" + Family.written(family.outside) + ":8000", "upstream=" + Family.written(family.outside) + ":8000");
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void betweenTwoPodsARequestGoesThroughBothProxies(Family family) {
        String path = "/between-" + family;
        assertThat(Http.get(pods.first().namespace(), family.second, HttpApp.PORT, path).body()).isEqualTo("second saw " + family.proxy);
        assertThat(pods.first().line(path)).contains("outbound-http ", " 200 ", "to=" + Family.written(family.second) + ":8000");
        assertThat(pods.second().line(path)).contains("inbound-http ", " 200 ", "from=" + Family.written(family.first) + ":");
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aServerThatSpeaksFirstIsHeardFromTheWorld(Family family) {
        assertThat(pods.lab().world().timeout(10).tcp(family.second, 8081).who()).isEqualTo("APP");
        assertThat(pods.second().line("to=" + Family.written(family.second) + ":8081")).contains("inbound-tcp TCP - ",
                "from=" + Family.written(family.world) + ":");
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void theProxysPortsAreReadyAndDoNotLoop(Family family) {
        assertThat(Http.get(pods.world(), family.second, 15021, "/healthz/ready").status()).isEqualTo(200);
        assertThat(Http.get(pods.world(), family.second, 15090, "/stats/prometheus").status()).isEqualTo(200);
        long before = pods.second().counter("tcp.loop.downstream_cx_total");
        assertThat(pods.lab().world().timeout(10).tcp(family.second, 15006).who()).isIn("CLOSED", "RESET");
        assertThat(pods.lab().in(Place.POD2).timeout(10).tcp(family.second, 15001).who()).isIn("CLOSED", "RESET");
        assertThat(pods.second().counter("tcp.loop.downstream_cx_total")).isEqualTo(before + 2);
    }

    @Test
    void withoutDualStackTheOtherFamilyIsLeftAlone() {
        // The rules of the first pod for the second family are taken away by the words that a pod without the setting has.
        Sidecar single = Sidecar.notYetIn(pods.lab(), Place.POD, InjectedPod.with("envoy", Map.of(), Map.of()));
        single.writeRules();
        assertThat(pods.lab().world().tcp(Lab.POD6, 8081)).extracting(Seen::who, Seen::peer).first().isEqualTo("APP");
        pods.first().writeRules();
        single.close();
    }
}
