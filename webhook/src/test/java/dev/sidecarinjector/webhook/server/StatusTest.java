package dev.sidecarinjector.webhook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.webhook.admission.ClusterView;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Readiness and metrics. */
class StatusTest {
    @Test
    void requestsAreCountedUnderThePeersNamesAndByReason() throws Exception {
        try (WebhookServer server = WebhookServer.start(ServerOptions.loopback(), new StubEngine(), ClusterView.NONE);
                Client client = new Client(server)) {
            client.post("/inject", Reviews.v1(Reviews.POD));
            client.post("/inject", Reviews.v1(Reviews.POD));
            client.post("/inject", Reviews.v1(podThatSays("skip")));
            client.post("/inject", Reviews.v1(podThatSays("refuse")));
            client.post("/inject", "no review");
            client.post("/inject", "");

            HttpResponse<String> response = client.get("/metrics");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElseThrow().replace(" ", "")).startsWith("text/plain;version=0.0.4");
            assertThat(response.body().lines()).contains("# TYPE sidecar_injection_requests_total counter",
                    "sidecar_injection_requests_total 6.0",
                    "sidecar_injection_success_total 5.0", "sidecar_injection_skip_total 1.0", "sidecar_injection_failure_total 3.0",
                    "# TYPE sidecar_injection_time_seconds histogram", "sidecar_injection_time_seconds_count 5",
                    "sidecar_injector_admissions_total{reason=\"policy_enabled\",result=\"injected\",revision=\"default\"} 2.0",
                    "sidecar_injector_admissions_total{reason=\"switch_off\",result=\"skipped\",revision=\"default\"} 1.0",
                    "sidecar_injector_admissions_total{reason=\"invalid_annotation\",result=\"refused\",revision=\"default\"} 1.0",
                    "sidecar_injector_admissions_total{reason=\"switch_on\",result=\"injected\",revision=\"default\"} 0.0");
            for (String bound : new String[]{"0.1", "1.0", "3.0", "5.0", "10.0", "20.0", "30.0", "60.0", "+Inf"}) {
                assertThat(response.body()).contains("sidecar_injection_time_seconds_bucket{le=\"" + bound + "\"} ");
            }
        }
    }

    @Test
    void everyReasonHasItsSeriesFromTheBeginning() throws Exception {
        try (WebhookServer server = WebhookServer.start(ServerOptions.loopback(), new StubEngine(), ClusterView.NONE);
                Client client = new Client(server)) {
            String metrics = client.get("/metrics").body();
            for (Reason reason : Reason.values()) {
                assertThat(metrics).contains("reason=\"" + reason.label() + "\"");
            }
        }
    }

    @Test
    void theWarmUpIsNotCounted() throws Exception {
        ServerOptions options = new ServerOptions("127.0.0.1", 0, ServerOptions.loopback().certificate(), Duration.ofMillis(300));
        StubEngine engine = new StubEngine();
        try (WebhookServer server = WebhookServer.start(options, engine, ClusterView.NONE); Client client = new Client(server)) {
            assertThat(engine.seen.get()).as("the engine was warmed up").isNotNull();
            assertThat(client.get("/metrics").body()).contains("sidecar_injection_requests_total 0.0",
                    "sidecar_injection_time_seconds_count 0");
            assertThat(client.get("/healthz/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void theServerIsNotReadyBeforeTheWarmUpIsOver() throws Exception {
        CountDownLatch warming = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        ServerOptions options = new ServerOptions("127.0.0.1", freePort(), ServerOptions.loopback().certificate(), Duration.ofMillis(200));
        CompletableFuture<WebhookServer> start = CompletableFuture.supplyAsync(() -> WebhookServer.start(options, (pod, context) -> {
            warming.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return new StubEngine().inject(pod, context);
        }, ClusterView.NONE));
        assertThat(warming.await(30, TimeUnit.SECONDS)).isTrue();
        URI ready = URI.create("https://127.0.0.1:" + options.port() + "/healthz/ready");
        try (HttpClient http = HttpClient.newBuilder().sslContext(options.certificate().certificate().clientContext()).build()) {
            HttpRequest question = HttpRequest.newBuilder(ready).build();
            assertThat(http.send(question, BodyHandlers.ofString()).statusCode()).isEqualTo(503);
            release.countDown();
            try (WebhookServer server = start.get(30, TimeUnit.SECONDS)) {
                assertThat(http.send(question, BodyHandlers.ofString()).body()).isEqualTo("ready\nwarm-up: ok\n");
                assertThat(server.port()).isEqualTo(options.port());
            }
        }
    }

    @Test
    void otherPathsAreNotFound() throws Exception {
        try (WebhookServer server = WebhookServer.start(ServerOptions.loopback(), new StubEngine(), ClusterView.NONE);
                Client client = new Client(server)) {
            assertThat(client.get("/").statusCode()).isEqualTo(404);
            assertThat(client.get("/injected").statusCode()).isEqualTo(404);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static String podThatSays(String what) {
        return Reviews.POD.replace("\"labels\"", "\"annotations\":{\"do\":\"" + what + "\"},\"labels\"");
    }
}
