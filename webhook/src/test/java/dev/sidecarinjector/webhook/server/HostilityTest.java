package dev.sidecarinjector.webhook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.templates.ShippedTemplates;
import dev.sidecarinjector.webhook.admission.Admissions;
import dev.sidecarinjector.webhook.admission.ClusterView;
import dev.sidecarinjector.webhook.observe.Logs;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.logging.LogLevel;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * 50,000 reviews and requests of someone who means harm or is broken: 45,000 to the engine that ships, 4,000 over kept connections, 1,000 over connections of
 * their own. None is answered with a server's error, nothing is left behind, and a good review is served after them.
 */
@Timeout(600)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class HostilityTest {
    private static final int TO_THE_ENGINE = 45_000;
    private static final int KEPT = 4_000;
    private static final int RAW = 1_000;
    /** Bytes that the heap may grow by: the engine keeps up to 256 shapes of about 40 KB. */
    private static final long GROWTH = 32L << 20;
    /** What HTTP itself answers to a request that is none (RFC 9110 section 15): 501 and 505 name a method or version that it does not know. */
    private static final Set<Integer> ANSWERS = Set.of(200, 400, 404, 405, 408, 411, 413, 414, 415, 417, 431, 501, 505);

    private static Admissions admissions;
    private static WebhookServer server;
    private static long heap;
    private static int threads;
    private static SSLContext trust;

    @BeforeAll
    static void start() throws Exception {
        Configuration shipped = Configuration.load(ShippedTemplates.config(), ShippedTemplates.values(), ShippedTemplates.mesh(),
                Features.DEFAULT);
        admissions = new Admissions(new Injector(shipped)::inject, ClusterView.NONE);
        server = WebhookServer.start(ServerOptions.loopback().withPorts(0, -1), Surroundings.of(admissions));
        trust = server.clientContext();
        Logs.setLevel(LogLevel.ERROR);
        try (KeptConnection connection = KeptConnection.to(server, trust)) {
            for (int i = 0; i < 200; i++) {
                admissions.answer(HostileReviews.good(), Map.of());
                assertThat(connection.post("/inject", HostileReviews.good()).status()).isEqualTo(200);
            }
        }
        goodReviewIsServed();
        heap = liveHeap();
        threads = threads();
    }

    @AfterAll
    static void stop() {
        Logs.setLevel(LogLevel.INFO);
        server.close();
    }

    @Test
    @Order(1)
    void everyHostileReviewGetsAnAnswerThatIsNoFaultOfOurs() {
        HostileReviews reviews = new HostileReviews(50_000);
        Map<String, Integer> faults = new TreeMap<>();
        int admitted = 0;
        for (int i = 0; i < TO_THE_ENGINE; i++) {
            byte[] review = reviews.next();
            JsonNode response = JsonMapper.shared().readTree(admissions.answer(review, Map.of()).body()).get("response");
            String message = response.at("/status/message").asString("");
            admitted += response.get("allowed").asBoolean() ? 1 : 0;
            if (message.contains("internal error")) {
                faults.merge(message + " for " + new String(review, StandardCharsets.UTF_8), 1, Integer::sum);
            }
        }
        assertThat(faults).isEmpty();
        assertThat(admitted).as("some are harmless, or the mutations are too coarse").isBetween(TO_THE_ENGINE / 100, TO_THE_ENGINE / 2);
    }

    @Test
    @Order(2)
    void hostileBodiesAndHeadsOverKeptConnectionsAreAnsweredInOrder() throws Exception {
        HostileReviews reviews = new HostileReviews(4_000);
        Random random = new Random(4_000);
        Map<Integer, Integer> statuses = new TreeMap<>();
        KeptConnection connection = KeptConnection.to(server, trust);
        for (int i = 0; i < KEPT; i++) {
            byte[] body = reviews.next();
            String type = one(random, "application/json", "application/json", "application/json", "text/html", "application/json;x", "");
            byte[] request = KeptConnection.request(
                    one(random, "POST", "POST", "POST", "PUT", "GET", "BREW", "OPTIONS", "HEADS") + " " + one(random, "/inject", "/inject",
                            "/inject?timeout=10s", "/inject?timeout=%ff", "/inject/a/b/c/d", "/inject/:ENV:a=b:ENV:", "/inject/%2e%2e/x",
                            "/metrics", "/healthz/ready", "/debug/config", "/", "//inject"),
                    (type.isEmpty() ? "" : "Content-Type: " + type + "\r\n") + "Content-Length: " + body.length + "\r\n"
                            + one(random, "", "traceparent: 00-ff\r\n", "Expect: 100-Continue?\r\n", "X-Warm-Up: x\r\n",
                                    "Accept-Encoding: gzip\r\n", "X: " + "y".repeat(3000) + "\r\n", "Connection: close\r\n"),
                    body);
            KeptConnection.Answer answer;
            try {
                answer = connection.send(request);
            } catch (IOException _) {
                // After some refusals Tomcat closes without saying so beforehand; on a fresh connection there must be an answer.
                connection.close();
                connection = KeptConnection.to(server, trust);
                answer = connection.send(request);
            }
            statuses.merge(answer.status(), 1, Integer::sum);
            if (answer.closes()) {
                connection.close();
                connection = KeptConnection.to(server, trust);
            }
        }
        connection.close();
        assertThat(ANSWERS).as(statuses.toString()).containsAll(statuses.keySet());
        goodReviewIsServed();
    }

    @Test
    @Order(3)
    void garbageOnTheWireIsCutOffOrRefused() throws Exception {
        Random random = new Random(1_000);
        Map<Integer, Integer> statuses = new TreeMap<>();
        for (int i = 0; i < RAW; i++) {
            switch (random.nextInt(4)) {
                case 0 -> garbageInsteadOfTls(random);
                case 1 -> garbageOn(KeptConnection.plain(server.monitoringPort()), random, statuses);
                default -> garbageOn(KeptConnection.to(server, trust), random, statuses);
            }
        }
        assertThat(ANSWERS).as(statuses.toString()).containsAll(statuses.keySet());
        assertThat(statuses).containsKey(400);
        goodReviewIsServed();
    }

    @Test
    @Order(4)
    void clientsThatStopInTheMiddleKeepNobodyWaiting() throws Exception {
        List<AutoCloseable> slow = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            KeptConnection connection = KeptConnection.to(server, trust);
            byte[] whole = KeptConnection.request("POST /inject", "Content-Type: application/json\r\nContent-Length: 400000\r\n",
                    new byte[100]);
            connection.write(Arrays.copyOf(whole, 1 + whole.length * i / 60));
            slow.add(connection);
            slow.add(new Socket(InetAddress.getLoopbackAddress(), server.port()));
        }
        for (int i = 0; i < 100; i++) {
            goodReviewIsServed();
        }
        for (AutoCloseable each : slow) {
            each.close();
        }
    }

    @Test
    @Order(5)
    void nothingIsLeftBehind() throws Exception {
        String metrics = "";
        // The server learns of closed connections when it next looks at them.
        for (int i = 0; i < 300 && !metrics.contains("sidecar_injector_requests_in_flight 0.0"); i++) {
            Thread.sleep(100);
            try (Client client = new Client(server)) {
                metrics = client.get("/metrics").body();
            }
        }
        assertThat(metrics).contains("sidecar_injector_requests_in_flight 0.0", "sidecar_injector_requests_waiting 0.0");
        assertThat(threads()).as("platform threads").isLessThanOrEqualTo(threads + 5);
        assertThat(liveHeap() - heap).as("growth of the live heap").isLessThan(GROWTH);
        goodReviewIsServed();
    }

    private static void garbageInsteadOfTls(Random random) throws IOException {
        byte[] garbage = new byte[1 + random.nextInt(200)];
        random.nextBytes(garbage);
        if (random.nextBoolean()) {
            // The head of a handshake record, so that it is read on.
            System.arraycopy(new byte[]{22, 3, 1, 0, 100}, 0, garbage, 0, Math.min(5, garbage.length));
        }
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(garbage);
        }
    }

    private static void garbageOn(KeptConnection connection, Random random, Map<Integer, Integer> statuses) throws IOException {
        try (connection) {
            connection.write(one(random, "GET / HTTP/9.9\r\n\r\n", "\r\n\r\n\r\n", "GET\r\n\r\n", "\0\1\2\3\r\n\r\n",
                    "POST /inject HTTP/1.1\r\n\r\n",
                    "POST /inject HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: -5\r\n\r\n",
                    "POST /inject HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
                    "POST /inject HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef",
                    "POST /inject HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                    "POST /inject HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\nab\r\n0\r\n\r\n",
                    "POST /inject HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffff\r\nab\r\n",
                    "POST /inject HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcdeXX0\r\n\r\n",
                    "POST /inject HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: smoke\r\n\r\n", "GET /%zz HTTP/1.1\r\nHost: x\r\n\r\n",
                    "GET /a\\b|c HTTP/1.1\r\nHost: x\r\n\r\n", "GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
                    "GET / HTTP/1.1\r\n: x\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "GET " + "/x".repeat(9000) + " HTTP/1.1\r\nHost: x\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: x\r\nA: " + "b".repeat(20_000) + "\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: x\r\n" + "A: b\r\n".repeat(500) + "\r\n",
                    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "CONNECT x:1 HTTP/1.1\r\nHost: x\r\n\r\n", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n",
                    "GET http://[::1 HTTP/1.1\r\nHost: x\r\n\r\n",
                    "GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
                    .getBytes(StandardCharsets.ISO_8859_1));
            connection.endOutput();
            statuses.merge(connection.status(), 1, Integer::sum);
        } catch (IOException _) {
            // Cut off: as good an answer as a refusal.
            statuses.merge(400, 1, Integer::sum);
        }
    }

    private static void goodReviewIsServed() throws IOException {
        try (KeptConnection connection = KeptConnection.to(server, trust)) {
            KeptConnection.Answer answer = connection.post("/inject", HostileReviews.good());
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body()).contains("\"uid\":\"u-1\",\"allowed\":true", "\"patch\"");
        }
    }

    private static String one(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    private static long liveHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
