package dev.sidecarinjector.webhook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.webhook.admission.ClusterView;
import dev.sidecarinjector.webhook.admission.Engine;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** More work than there is time or room for (ADR 9). */
@Timeout(120)
class OverloadTest {
    /** Spins, as real work does, for the pods that ask for it. */
    private static final class Slow implements Engine {
        private final StubEngine stub = new StubEngine();
        private final AtomicInteger spinning = new AtomicInteger();
        private volatile boolean released;

        @Override
        public Injection inject(ObjectNode pod, InjectionContext context) {
            if (pod.path("metadata").path("labels").path("app").asString("").equals("slow")) {
                spinning.incrementAndGet();
                while (!released) {
                    Thread.onSpinWait();
                }
            }
            return stub.inject(pod, context);
        }

        void awaitSpinning(int count) throws InterruptedException {
            while (spinning.get() < count) {
                Thread.sleep(1);
            }
        }
    }

    private final Slow engine = new Slow();

    @Test
    void longReviewsThatComputeKeepNoShortOneWaiting() throws Exception {
        String slow = Reviews.v1(Reviews.POD.replace("\"app\":\"shop\"", "\"app\":\"slow\",\"x\":\"" + "y".repeat(3_000_000) + "\""));
        try (WebhookServer server = WebhookServer.start(ServerOptions.loopback(), engine, ClusterView.NONE);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
                KeptConnection small = KeptConnection.to(server)) {
            List<Future<String>> longs = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                longs.add(threads.submit(() -> {
                    try (KeptConnection big = KeptConnection.to(server)) {
                        return big.review(slow);
                    }
                }));
            }
            engine.awaitSpinning(1);
            for (int i = 0; i < 500; i++) {
                assertThat(small.review(Reviews.v1(Reviews.POD))).isEqualTo("u-1");
            }
            assertThat(longs).noneMatch(Future::isDone);
            assertThat(engine.spinning.get()).as("long reviews that compute").isEqualTo(1);
            engine.released = true;
            for (Future<String> each : longs) {
                assertThat(each.get()).isEqualTo("u-1");
            }
        }
    }

    @Test
    void aReviewThatGetsNoTurnInTimeIsAnsweredWithAStatusThatSaysSo() throws Exception {
        String slow = Reviews.v1(Reviews.POD.replace("\"app\":\"shop\"", "\"app\":\"slow\",\"x\":\"" + "y".repeat(600_000) + "\""));
        ServerOptions options = ServerOptions.loopback().withDeadline(Duration.ofSeconds(3));
        try (WebhookServer server = WebhookServer.start(options, engine, ClusterView.NONE);
                KeptConnection first = KeptConnection.to(server)) {
            KeptConnection.Answer answer = first.post("/inject", slow.getBytes(StandardCharsets.UTF_8));
            assertThat(answer.status()).isEqualTo(504);
            JsonNode status = JsonMapper.shared().readTree(answer.body());
            assertThat(status.get("kind").asString()).isEqualTo("Status");
            assertThat(status.get("status").asString()).isEqualTo("Failure");
            assertThat(status.get("reason").asString()).isEqualTo("Timeout");
            assertThat(status.get("code").asInt()).isEqualTo(504);
            assertThat(status.get("message").asString()).startsWith("sidecar-injector: overloaded: ");
            engine.released = true;
            assertThat(first.review(Reviews.v1(Reviews.POD))).as("the connection lives on").isEqualTo("u-1");
            try (Client client = new Client(server)) {
                assertThat(client.get("/metrics").body()).contains(
                        "sidecar_injector_admissions_total{reason=\"deadline\",result=\"unserved\",revision=\"default\"} 1.0",
                        "sidecar_injection_failure_total 1.0", "sidecar_injector_requests_in_flight 0.0",
                        "sidecar_injector_requests_waiting 0.0");
            }
        }
    }

    @Test
    void aBodyThatDoesNotArriveInTimeIsGivenUp() throws Exception {
        ServerOptions options = ServerOptions.loopback().withDeadline(Duration.ofMillis(100));
        try (WebhookServer server = WebhookServer.start(options, engine, ClusterView.NONE);
                KeptConnection slow = KeptConnection.to(server)) {
            slow.write(KeptConnection.request("POST /inject", "Content-Type: application/json\r\nContent-Length: 1000\r\n", new byte[0]));
            KeptConnection.Answer answer = trickle(slow);
            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.body()).contains("the time for an answer was over");
        }
    }

    /** A byte every now and then, until there is an answer. */
    private static KeptConnection.Answer trickle(KeptConnection slow) throws Exception {
        Thread drops = Thread.ofVirtual().start(() -> {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    slow.write(new byte[]{' '});
                    Thread.sleep(20);
                }
            } catch (IOException | InterruptedException _) {
                // The answer has come.
            }
        });
        try {
            return slow.read();
        } finally {
            drops.interrupt();
            drops.join();
        }
    }

    @Test
    void overloadIsTooManyRequestsWithAHintToTryAgain() throws Exception {
        Map<String, Object> said = new TreeMap<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        HttpServletResponse response = (HttpServletResponse) Proxy.newProxyInstance(OverloadTest.class.getClassLoader(),
                new Class<?>[]{HttpServletResponse.class}, (_, method, arguments) -> {
                    switch (method.getName()) {
                        case "setHeader" -> said.put((String) arguments[0], arguments[1]);
                        case "getOutputStream" -> {
                            return output(body);
                        }
                        default -> said.put(method.getName(), arguments[0]);
                    }
                    return null;
                });
        Responses.refuse(response, UnservedException.overloaded("overloaded: 1024 reviews wait already"));
        assertThat(said).containsEntry("setStatus", 429).containsEntry("Retry-After", "1").containsEntry("setContentType",
                "application/json");
        JsonNode status = JsonMapper.shared().readTree(body.toByteArray());
        assertThat(status.get("reason").asString()).isEqualTo("TooManyRequests");
        assertThat(status.get("apiVersion").asString()).isEqualTo("v1");
        assertThat(status.get("message").asString()).isEqualTo("sidecar-injector: overloaded: 1024 reviews wait already");
    }

    private static ServletOutputStream output(ByteArrayOutputStream body) {
        return new ServletOutputStream() {
            @Override
            public boolean isReady() {
                return true;
            }

            @Override
            public void setWriteListener(WriteListener listener) {
                throw new UnsupportedOperationException();
            }

            @Override
            public void write(int b) {
                body.write(b);
            }
        };
    }
}
