package dev.sidecarinjector.webhook.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.sidecarinjector.injection.Decision;
import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.webhook.admission.Admissions;
import dev.sidecarinjector.webhook.admission.Answer;
import dev.sidecarinjector.webhook.admission.ClusterView;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Spans as a collector gets them (OTLP over HTTP). */
class TracingTest {
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final Answer ANSWER = new Admissions(
            (pod, _) -> new Injection(new Decision(Reason.SWITCH_OFF, List.of()), null, List.of(), null), ClusterView.NONE)
            .answer("""
                {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u-77","namespace":"store","object":
                {"kind":"Pod","apiVersion":"v1","metadata":{"generateName":"shop-"},"spec":{}}}}""".getBytes(StandardCharsets.UTF_8),
                    Map.of());

    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private HttpServer collector;

    @BeforeEach
    void start() throws Exception {
        collector = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        collector.createContext("/", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + HexFormat.of().formatHex(body));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        collector.start();
    }

    @AfterEach
    void stop() {
        collector.stop(0);
    }

    @Test
    void aSampledTraceIsContinued() {
        try (Tracing tracing = tracing()) {
            tracing.answered("00-" + TRACE + "-" + PARENT + "-01", ANSWER);
        }
        assertThat(received).hasSize(1);
        String sent = received.element();
        assertThat(sent).startsWith("POST /v1/traces ").contains(TRACE, PARENT, hex("sidecar-injector"), hex("u-77"), hex("store"),
                hex("shop-"), hex("switch_off"));
        for (String span : new String[]{"inject", "wait", "read", "parse", "patch", "write"}) {
            assertThat(sent).as(span).contains(hex(span));
        }
        assertThat(sent.split(TRACE, -1)).as("a span for the request and one for each of six stages").hasSize(7 + 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"00-" + TRACE + "-" + PARENT + "-00", "", "nonsense", "00-" + TRACE + "-0000000000000000-01",
            "00-00000000000000000000000000000000-" + PARENT + "-01", "ff-" + TRACE + "-" + PARENT + "-01", "00-" + TRACE + "-" + PARENT})
    void whatTheApiServerDoesNotSampleHasNoSpans(String traceparent) {
        try (Tracing tracing = tracing()) {
            tracing.answered(traceparent, ANSWER);
        }
        assertThat(received).isEmpty();
    }

    @Test
    void aCollectorThatIsAwayHurtsNobody() {
        collector.stop(0);
        try (Tracing tracing = tracing()) {
            for (int i = 0; i < 5_000; i++) {
                tracing.answered("00-" + TRACE + "-" + PARENT + "-01", ANSWER);
            }
        }
        assertThat(received).isEmpty();
    }

    private Tracing tracing() {
        return new Tracing(URI.create("http://127.0.0.1:" + collector.getAddress().getPort()), "default");
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
