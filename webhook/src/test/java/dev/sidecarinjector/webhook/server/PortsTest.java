package dev.sidecarinjector.webhook.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.webhook.admission.ClusterView;
import dev.sidecarinjector.webhook.observe.Unserved;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What each port serves, and the metrics that are behind two of them. */
class PortsTest {
    private static WebhookServer server;

    @BeforeAll
    static void start() {
        server = WebhookServer.start(ServerOptions.loopback().withPorts(0, 0), new StubEngine(), ClusterView.NONE);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({"/healthz/ready, 200, 200, 404", "/healthz/live, 200, 200, 404", "/metrics, 200, 200, 404", "/debug/config, 404, 404, 200",
            "/debug/loglevel, 404, 404, 200", "/debug/inject, 404, 404, 404", "/inject, 400, 404, 404", "/inject/a/b, 400, 404, 404",
            "/x, 404, 404, 404", "/debug, 404, 404, 404", "/healthz/../inject, 400, 404, 404", "/debug/../inject, 400, 404, 404",
            "/healthz;x=/../debug/config, 404, 404, 200"})
    void everyPathIsServedOnItsPortsOnly(String path, int https, int monitoring, int debug) throws Exception {
        byte[] request = KeptConnection.request("GET " + path, "Connection: close\r\n", new byte[0]);
        try (KeptConnection secure = KeptConnection.to(server);
                KeptConnection plain = KeptConnection.plain(server.monitoringPort());
                KeptConnection local = KeptConnection.plain(server.debugPort())) {
            assertThat(status(secure, request)).as("HTTPS").isEqualTo(https);
            assertThat(status(plain, request)).as("monitoring").isEqualTo(monitoring);
            assertThat(status(local, request)).as("debug").isEqualTo(debug);
        }
    }

    private static int status(KeptConnection connection, byte[] request) throws IOException {
        connection.write(request);
        return connection.status();
    }

    @Test
    void admissionsHaveTwentyThreeSeriesBeforeTrafficAndAfterIt() throws Exception {
        try (WebhookServer fresh = WebhookServer.start(ServerOptions.loopback().withPorts(0, -1), new StubEngine(), ClusterView.NONE)) {
            List<String> before = admissionSeries(fresh);
            try (Client client = new Client(fresh)) {
                for (String what : new String[]{"skip", "refuse", "fail", "warn", "overflow", "inject"}) {
                    client.post("/inject",
                            Reviews.v1(Reviews.POD.replace("\"labels\"", "\"annotations\":{\"do\":\"" + what + "\"},\"labels\"")));
                }
                client.post("/inject", "no review");
                client.post("/inject", "");
                client.post("/inject/cluster/a/net/b", Reviews.v1(Reviews.POD));
            }
            assertThat(before).hasSize(Reason.values().length + Unserved.values().length).hasSizeLessThanOrEqualTo(40);
            assertThat(admissionSeries(fresh)).isEqualTo(before);
            assertThat(metrics(fresh)).contains("reason=\"unreadable\",result=\"unserved\",revision=\"default\"} 1.0",
                    "reason=\"bad_request\",result=\"unserved\",revision=\"default\"} 1.0");
        }
    }

    private static List<String> admissionSeries(WebhookServer of) throws IOException {
        return metrics(of).lines().filter(line -> line.startsWith("sidecar_injector_admissions_total{"))
                .map(line -> line.substring(0, line.indexOf('}'))).toList();
    }

    @Test
    void everyStageTheProcessAndTheBuildAreMeasured() throws Exception {
        try (Client client = new Client(server)) {
            client.post("/inject", Reviews.v1(Reviews.POD));
            String metrics = metrics(server);
            for (String stage : new String[]{"read", "wait", "parse", "inject", "patch", "write"}) {
                assertThat(metrics).containsPattern("sidecar_injector_stage_seconds_count\\{stage=\"" + stage + "\"} [1-9]");
            }
            assertThat(metrics).contains("process_cpu_seconds_total ", "process_resident_memory_bytes ", "jvm_threads_current ",
                    "jvm_memory_used_bytes{", "sidecar_injector_requests_in_flight 0.0");
            assertThat(metrics).containsPattern(
                    Pattern.compile("^sidecar_injector_build_info\\{java=\"25[^\"]*\",revision=\"default\",version=\"\\d[^\"]*\"} 1",
                            Pattern.MULTILINE));
        }
    }

    @Test
    void aTakenMonitoringPortIsSaidClearly() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            ServerOptions options = ServerOptions.loopback().withPorts(taken.getLocalPort(), -1);
            assertThatThrownBy(() -> WebhookServer.start(options, new StubEngine(), ClusterView.NONE)).isInstanceOf(StartException.class)
                    .hasMessageContaining(String.valueOf(taken.getLocalPort())).hasMessageContaining("--monitoring-port");
        }
    }

    private static String metrics(WebhookServer of) throws IOException {
        HttpURLConnection connection = (HttpURLConnection) URI.create("http://127.0.0.1:" + of.monitoringPort() + "/metrics").toURL()
                .openConnection();
        return new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
