package dev.sidecarinjector.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.Lab.Place;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Template envoy while its proxy is not there yet, not there any more, or about to go. */
class BeginningAndEndTest {
    private static Lab lab;
    private static HttpApp app;

    private Sidecar sidecar;

    @BeforeAll
    static void startLab() {
        Envoy.program();
        lab = Lab.twoPods();
        app = HttpApp.in(Namespace.of(lab, Place.POD), "first");
    }

    @AfterAll
    static void stopLab() {
        if (lab != null) {
            app.close();
            lab.close();
        }
    }

    @BeforeEach
    void inject() {
        sidecar = Sidecar.notYetIn(lab, Place.POD, InjectedPod.with("envoy", Map.of(), Map.of("sidecar.istio.io/nativeSidecar", "true",
                "traffic.sidecar.istio.io/excludeOutboundPorts", "5432")));
        sidecar.writeRules();
    }

    @AfterEach
    void close() {
        sidecar.close();
    }

    @Test
    void beforeTheProxyIsReadyNothingPassesItAndTheKubeletHoldsTheApplicationBack() {
        assertThat(lab.app().tcp(Lab.VIP, 9090).who()).as("past the proxy would be worse").isEqualTo("REFUSED");
        assertThat(lab.world().tcp(Lab.POD, 8081).who()).isEqualTo("REFUSED");
        JsonNode proxy = sidecar.pod().container("istio-proxy").tree();
        assertThat(sidecar.pod().tree().at("/spec/initContainers").valueStream().map(container -> container.get("name").asString()))
                .as("in this order, before the application").containsExactly("istio-init", "istio-proxy");
        assertThat(proxy.at("/restartPolicy").asString()).isEqualTo("Always");
        assertThat(proxy.at("/startupProbe/httpGet").toString()).isEqualTo("{\"path\":\"/healthz/ready\",\"port\":15021}");
        assertThat(sidecar.isReady()).isFalse();
        sidecar.begin();
        sidecar.awaitReady();
        assertThat(lab.app().timeout(10).tcp(Lab.VIP, 9090).who()).as("the first connection of an application that was held back")
                .isEqualTo("REAL");
        assertThat(lab.world().timeout(10).tcp(Lab.POD, 8081).who()).isEqualTo("APP");
    }

    @Test
    void aProxyThatIsKilledAndComesAgainFindsItsRules() {
        sidecar.start();
        String rules = sidecar.rules();
        assertThat(rules).contains("15001", "15006");
        assertThat(lab.app().timeout(10).keep("open").tcp(Lab.VIP, 9090).who()).isEqualTo("REAL");
        assertThat(lab.app().timeout(10).again("open").who()).isEqualTo("REAL");
        sidecar.end("KILL");
        assertThat(lab.app().timeout(10).again("open").who()).isIn("CLOSED", "RESET");
        assertThat(lab.app().tcp(Lab.VIP, 9090).who()).isEqualTo("REFUSED");
        assertThat(lab.world().tcp(Lab.POD, 8081).who()).isEqualTo("REFUSED");
        assertThat(lab.app().tcp(Lab.VIP, 5432).who()).as("excluded: the proxy has no part in it").isEqualTo("REAL");
        sidecar.start();
        assertThat(lab.app().timeout(10).tcp(Lab.VIP, 9090).who()).isEqualTo("REAL");
        assertThat(Http.get(Namespace.of(lab, Place.WORLD), Lab.POD, HttpApp.PORT, "/again").body()).isEqualTo("first saw 127.0.0.6");
        assertThat(sidecar.rules()).isEqualTo(rules);
    }
}
