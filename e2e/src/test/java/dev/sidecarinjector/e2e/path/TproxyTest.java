package dev.sidecarinjector.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.e2e.path.DualStackTest.Family;
import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.Lab.Place;
import dev.sidecarinjector.iptablesinit.lab.Seen;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Template envoy with interception by TPROXY, both families: the application sees its client. */
class TproxyTest {
    private static TwoPods pods;

    @BeforeAll
    static void start() {
        InjectedPod pod = InjectedPod.with("envoy", Map.of("envoy.dualStack", true), Map.of("sidecar.istio.io/interceptionMode", "TPROXY",
                "traffic.sidecar.istio.io/excludeInboundPorts", "9090", "traffic.sidecar.istio.io/excludeOutboundPorts", "5432"));
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
    void theApplicationSeesAClientOfTheWorld(Family family) throws Exception {
        String path = "/inbound-" + family;
        assertThat(Http.get(pods.world(), family.second, HttpApp.PORT, path).body()).isEqualTo("second saw " + asJava(family.world));
        assertThat(pods.second().line(path)).contains("inbound-http ", " 200 ", "from=" + Family.written(family.world) + ":",
                "to=" + Family.written(family.second) + ":8000");
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void betweenTwoPodsARequestGoesThroughBothProxiesAndTheApplicationSeesTheFirstPod(Family family) throws Exception {
        String path = "/between-" + family;
        assertThat(Http.get(pods.first().namespace(), family.second, HttpApp.PORT, path).body())
                .isEqualTo("second saw " + asJava(family.first));
        assertThat(pods.first().line(path)).contains("outbound-http ", " 200 ", "to=" + Family.written(family.second) + ":8000");
        assertThat(pods.second().line(path)).contains("inbound-http ", " 200 ", "from=" + Family.written(family.first) + ":");
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aServerThatSpeaksFirstSeesItsClientToo(Family family) {
        assertThat(pods.lab().world().timeout(10).tcp(family.second, 8081))
                .extracting(Seen::who, seen -> seen.peer().replaceFirst(":\\d+$", ""))
                .containsExactly("APP", Family.written(family.world));
        assertThat(pods.second().line("to=" + Family.written(family.second) + ":8081")).contains("inbound-tcp TCP - ");
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void aRequestToTheOutsideGoesThroughTheOutboundPort(Family family) throws Exception {
        String path = "/outside-" + family;
        assertThat(Http.get(pods.first().namespace(), family.outside, HttpApp.PORT, path).body())
                .isEqualTo("world saw " + asJava(family.first));
        assertThat(pods.first().line(path)).contains("outbound-http ", " 200 ", "upstream=" + Family.written(family.outside) + ":8000");
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void anApplicationThatCallsItsOwnPodDoesSoDirectly(Family family) throws Exception {
        String path = "/self-" + family;
        assertThat(Http.get(pods.second().namespace(), family.second, HttpApp.PORT, path).body())
                .isEqualTo("second saw " + asJava(family.second));
        pods.second().settle();
        assertThat(pods.second().lines(path)).isEmpty();
    }

    @Test
    void excludedPortsGoDirectly() {
        assertThat(pods.lab().world().tcp(Lab.POD, 9090).who()).isEqualTo("APP");
        assertThat(pods.lab().app().tcp(Lab.VIP, 5432).who()).isEqualTo("REAL");
        pods.first().settle();
        assertThat(pods.first().lines("to=" + Lab.POD + ":9090")).isEmpty();
        assertThat(pods.first().lines(":5432")).isEmpty();
    }

    @Test
    void aCallOfTheProxysPortsIsClosedAndNotPassedOnForEver() {
        long before = pods.second().counter("tcp.loop.downstream_cx_total");
        assertThat(pods.lab().world().timeout(10).tcp(Lab.POD2, 15006).who()).isIn("CLOSED", "RESET");
        assertThat(pods.lab().in(Place.POD2).timeout(10).tcp(Lab.POD2, 15001).who()).isIn("CLOSED", "RESET");
        assertThat(pods.second().counter("tcp.loop.downstream_cx_total")).isEqualTo(before + 2);
    }

    private static String asJava(String address) throws Exception {
        return java.net.InetAddress.getByName(address).getHostAddress();
    }
}
