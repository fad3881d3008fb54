package dev.sidecarinjector.e2e.path;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.e2e.path.Http.Answer;
import dev.sidecarinjector.iptablesinit.lab.Lab;
import dev.sidecarinjector.iptablesinit.lab.Seen;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Template envoy as it is by default (REDIRECT, IPv4): the first pod excludes some ports and ranges, the second includes some only. */
class RedirectTest {
    private static TwoPods pods;

    @BeforeAll
    static void start() {
        pods = TwoPods.with(
                InjectedPod.with("envoy", Map.of(),
                        Map.of("traffic.sidecar.istio.io/excludeOutboundPorts", "5432", "traffic.sidecar.istio.io/excludeOutboundIPRanges",
                                Lab.OTHER_VIP + "/32", "traffic.sidecar.istio.io/excludeInboundPorts", "9090")),
                InjectedPod.with("envoy", Map.of(),
                        Map.of("traffic.sidecar.istio.io/includeOutboundIPRanges", Lab.VIP + "/32",
                                "traffic.sidecar.istio.io/includeOutboundPorts", "5432", "traffic.sidecar.istio.io/includeInboundPorts",
                                "8000,8080")));
    }

    @AfterAll
    static void stop() {
        if (pods != null) {
            pods.close();
        }
    }

    @Test
    void aRequestToTheOutsideGoesThroughTheOutboundPort() {
        long before = pods.first().counter("http.outbound.downstream_rq_2xx");
        assertThat(Http.get(pods.first().namespace(), Lab.VIP, HttpApp.PORT, "/outside").body()).isEqualTo("world saw " + Lab.POD);
        assertThat(pods.first().line("/outside")).contains("outbound-http \"GET " + Lab.VIP + "/outside HTTP/1.1\" 200",
                "to=" + Lab.VIP + ":8000", "upstream=" + Lab.VIP + ":8000");
        assertThat(pods.first().counter("http.outbound.downstream_rq_2xx")).isEqualTo(before + 1);
    }

    @Test
    void betweenTwoPodsARequestGoesThroughBothProxies() {
        long out = pods.first().counter("http.outbound.downstream_rq_2xx");
        long in = pods.second().counter("http.inbound.downstream_rq_2xx");
        assertThat(Http.get(pods.first().namespace(), Lab.POD2, HttpApp.PORT, "/between").body()).isEqualTo("second saw 127.0.0.6");
        assertThat(pods.first().line("/between")).contains("outbound-http ", " 200 ", "from=" + Lab.POD + ":", "to=" + Lab.POD2 + ":8000");
        assertThat(pods.second().line("/between")).contains("inbound-http ", " 200 ", "from=" + Lab.POD + ":", "to=" + Lab.POD2 + ":8000");
        assertThat(pods.first().counter("http.outbound.downstream_rq_2xx")).isEqualTo(out + 1);
        assertThat(pods.second().counter("http.inbound.downstream_rq_2xx")).isEqualTo(in + 1);
    }

    @Test
    void aRequestFromTheWorldGoesThroughTheInboundPort() {
        long before = pods.first().counter("http.inbound.downstream_rq_2xx");
        assertThat(Http.get(pods.world(), Lab.POD, HttpApp.PORT, "/inbound").body()).isEqualTo("first saw 127.0.0.6");
        assertThat(pods.first().line("/inbound")).contains("inbound-http ", " 200 ", "from=" + Lab.WORLD + ":");
        assertThat(pods.first().counter("http.inbound.downstream_rq_2xx")).isEqualTo(before + 1);
    }

    @Test
    void aServerThatSpeaksFirstIsHeardThroughBothPorts() {
        long out = pods.first().counter("tcp.outbound.downstream_cx_total");
        long in = pods.first().counter("tcp.inbound.downstream_cx_total");
        assertThat(pods.lab().app().timeout(10).tcp(Lab.VIP, 9090).who()).isEqualTo("REAL");
        assertThat(pods.first().line("to=" + Lab.VIP + ":9090")).contains("outbound-tcp TCP - ");
        assertThat(pods.lab().world().timeout(10).tcp(Lab.POD, 8081)).extracting(Seen::who, seen -> seen.peer().replaceFirst(":.*", ""))
                .containsExactly("APP", "127.0.0.6");
        assertThat(pods.first().line("to=" + Lab.POD + ":8081")).contains("inbound-tcp TCP - ", "from=" + Lab.WORLD + ":");
        assertThat(pods.first().counter("tcp.outbound.downstream_cx_total")).isEqualTo(out + 1);
        assertThat(pods.first().counter("tcp.inbound.downstream_cx_total")).isEqualTo(in + 1);
    }

    @Test
    void whatIsExcludedGoesDirectly() {
        long before = connections(pods.first());
        assertThat(pods.lab().app().tcp(Lab.VIP, 5432).who()).as("excludeOutboundPorts").isEqualTo("REAL");
        assertThat(pods.lab().app().tcp(Lab.OTHER_VIP, 9090).who()).as("excludeOutboundIPRanges").isEqualTo("REAL");
        assertThat(pods.lab().world().tcp(Lab.POD, 9090)).as("excludeInboundPorts")
                .extracting(Seen::who, seen -> seen.peer().replaceFirst(":.*", "")).containsExactly("APP", Lab.WORLD);
        assertThat(connections(pods.first())).isEqualTo(before);
        pods.first().settle();
        assertThat(pods.first().lines(":5432")).isEmpty();
        assertThat(pods.first().lines("to=" + Lab.OTHER_VIP)).isEmpty();
        assertThat(pods.first().lines("to=" + Lab.POD + ":9090")).isEmpty();
    }

    @Test
    void whatIsNotIncludedGoesDirectly() {
        long before = connections(pods.second());
        assertThat(Http.get(pods.second().namespace(), Lab.OTHER_VIP, HttpApp.PORT, "/beyond").body()).isEqualTo("world saw " + Lab.POD2);
        assertThat(pods.lab().world().tcp(Lab.POD2, 9090)).extracting(Seen::who, seen -> seen.peer().replaceFirst(":.*", ""))
                .containsExactly("APP", Lab.WORLD_ETH1);
        assertThat(connections(pods.second())).isEqualTo(before);
        assertThat(Http.get(pods.second().namespace(), Lab.VIP, HttpApp.PORT, "/included").status()).isEqualTo(200);
        assertThat(pods.second().line("/included")).contains("outbound-http ");
        assertThat(pods.lab().in(Lab.Place.POD2).timeout(10).tcp(Lab.OTHER_VIP, 5432).who()).as("includeOutboundPorts").isEqualTo("REAL");
        assertThat(pods.second().line("to=" + Lab.OTHER_VIP + ":5432")).contains("outbound-tcp ");
        assertThat(connections(pods.second())).isEqualTo(before + 2);
        assertThat(pods.second().lines("/beyond")).isEmpty();
    }

    @Test
    void theProxysOwnConnectionsAreLeftAlone() {
        long before = connections(pods.first());
        assertThat(pods.lab().proxy().tcp(Lab.VIP, 9090)).extracting(Seen::who, seen -> seen.peer().replaceFirst(":.*", ""))
                .containsExactly("REAL", Lab.POD);
        assertThat(connections(pods.first())).isEqualTo(before);
    }

    @Test
    void anApplicationThatCallsItsOwnPodDoesSoDirectly() {
        long before = connections(pods.first());
        assertThat(Http.get(pods.first().namespace(), Lab.POD, HttpApp.PORT, "/self").body()).isEqualTo("first saw " + Lab.POD);
        assertThat(Http.get(pods.first().namespace(), "127.0.0.1", HttpApp.PORT, "/self").body()).isEqualTo("first saw 127.0.0.1");
        assertThat(connections(pods.first())).isEqualTo(before);
        pods.first().settle();
        assertThat(pods.first().lines("/self")).isEmpty();
    }

    @Test
    void aCallOfTheProxysPortsIsClosedAndNotPassedOnForEver() {
        long loops = pods.first().counter("tcp.loop.downstream_cx_total");
        long all = connections(pods.first());
        assertThat(pods.lab().app().timeout(10).tcp(Lab.POD, 15001).who()).isIn("CLOSED", "RESET");
        assertThat(pods.lab().app().timeout(10).tcp("127.0.0.1", 15006).who()).isIn("CLOSED", "RESET");
        assertThat(pods.lab().world().timeout(10).tcp(Lab.POD, 15006).who()).isIn("CLOSED", "RESET");
        assertThat(pods.first().counter("tcp.loop.downstream_cx_total")).isEqualTo(loops + 3);
        assertThat(connections(pods.first())).isEqualTo(all + 3);
        // Goes in by 15006, since it comes from outside, and is refused at 15001.
        assertThat(pods.lab().world().timeout(10).tcp(Lab.POD, 15001).who()).isIn("CLOSED", "RESET");
        assertThat(pods.first().counter("tcp.loop.downstream_cx_total")).isEqualTo(loops + 4);
        assertThat(connections(pods.first())).isEqualTo(all + 5);
    }

    @Test
    void fromOutsideNobodyReachesTheAdministration() {
        assertThat(pods.lab().world().timeout(10).tcp(Lab.POD, 15000).who()).isIn("CLOSED", "RESET");
        assertThat(Http.get(pods.world(), Lab.POD, 15021, "/stats").status()).isEqualTo(404);
        assertThat(Http.get(pods.world(), Lab.POD, 15090, "/quitquitquit").status()).isEqualTo(404);
    }

    @Test
    void probesAreAnsweredByTheProxyWhichAsksTheApplicationInTheKubeletsPlace() {
        JsonNode app = pods.first().container("app").tree();
        assertThat(app.at("/readinessProbe/httpGet").toString()).isEqualTo("{\"path\":\"/app-health/app/readyz\",\"port\":15020}");
        assertThat(app.at("/livenessProbe/httpGet").toString()).isEqualTo("{\"path\":\"/app-health/app/livez\",\"port\":15020}");
        long before = connections(pods.first());
        Answer answer = Http.get(pods.world(), Lab.POD, 15020, "/app-health/app/readyz");
        assertThat(answer.body()).isEqualTo("first saw 127.0.0.6");
        assertThat(answer.headers()).containsEntry("x-path", "/ready");
        Wait.until("the application's port was found open",
                () -> Http.get(pods.world(), Lab.POD, 15020, "/app-health/app/livez").status() == 200);
        assertThat(Http.get(pods.first().namespace(), "127.0.0.1", 15000, "/clusters").body()).as("not the port that has no name")
                .contains("/app-health/app/livez::" + Lab.POD + ":8080::");
        assertThat(Http.get(pods.world(), Lab.POD, 15020, "/other").status()).isEqualTo(404);
        assertThat(Http.get(pods.world(), Lab.POD, 15021, "/healthz/ready")).extracting(Answer::status, ready -> ready.body().strip())
                .containsExactly(200, "LIVE");
        assertThat(connections(pods.first())).as("of the two captured ports").isEqualTo(before);
    }

    @Test
    void metricsAreThereForPrometheusAndTellWhatTheAdministrationTells() {
        assertThat(Http.get(pods.first().namespace(), Lab.VIP, HttpApp.PORT, "/counted").status()).isEqualTo(200);
        long requests = pods.first().counter("http.outbound.downstream_rq_total");
        assertThat(requests).isPositive();
        assertThat(Http.get(pods.world(), Lab.POD, 15090, "/stats/prometheus").body())
                .contains("envoy_http_downstream_rq_total{envoy_http_conn_manager_prefix=\"outbound\"} " + requests + "\n");
    }

    /** That have come to the proxy's two ports. */
    private static long connections(Sidecar sidecar) {
        return sidecar.counter("listener.0.0.0.0_15001.downstream_cx_total")
                + sidecar.counter("listener.0.0.0.0_15006.downstream_cx_total");
    }
}
