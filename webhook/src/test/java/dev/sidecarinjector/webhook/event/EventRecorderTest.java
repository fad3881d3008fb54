package dev.sidecarinjector.webhook.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.webhook.cluster.Eventually;
import dev.sidecarinjector.webhook.cluster.FakeApiServer;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** Events on their way to the API server. */
class EventRecorderTest {
    private static final String SHOP = "/apis/events.k8s.io/v1/namespaces/shop/events";
    private static final ObjectReference JOB = new ObjectReferenceBuilder().withApiVersion("batch/v1").withKind("Job").withNamespace("shop")
            .withName("report").withUid("u-1").build();

    private final FakeApiServer api = new FakeApiServer();
    private final KubernetesClient client = api.client();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final EventRecorder recorder = new EventRecorder(client, "injector-0", registry,
            InstantSource.fixed(Instant.parse("2026-05-06T07:08:09.123456Z")));

    @AfterEach
    void close() {
        recorder.close();
        client.close();
        api.close();
    }

    /** Fields as the API server's validation of events.k8s.io/v1 wants them. */
    @Test
    void anEventHasAllThatTheApiServerWants() throws Exception {
        recorder.report(JOB, Events.Type.WARNING, "InjectionFailed", "Pod refused because of something");
        Eventually.isTrue(() -> api.below(SHOP).size() == 1);
        ObjectNode event = api.below(SHOP).getFirst();
        assertThat(event.path("apiVersion").asString()).isEqualTo("events.k8s.io/v1");
        assertThat(event.at("/metadata/name").asString()).matches("report\\.[0-9a-f]+");
        assertThat(event.path("eventTime").asString()).isEqualTo("2026-05-06T07:08:09.123456Z");
        assertThat(event.path("type").asString()).isEqualTo("Warning");
        assertThat(event.path("reason").asString()).isEqualTo("InjectionFailed");
        assertThat(event.path("action").asString()).isNotEmpty();
        assertThat(event.path("note").asString()).isEqualTo("Pod refused because of something");
        assertThat(event.path("reportingController").asString()).isEqualTo("sidecar-injector");
        assertThat(event.path("reportingInstance").asString()).isEqualTo("injector-0");
        assertThat(event.at("/regarding/uid").asString()).isEqualTo("u-1");
        assertThat(event.at("/regarding/kind").asString()).isEqualTo("Job");
        assertThat(event.has("series")).as("a series of one is refused").isFalse();
    }

    @Test
    void theSameReportAgainRaisesTheCountOfTheOneEvent() throws Exception {
        recorder.report(JOB, Events.Type.NORMAL, "Injected", "Sidecar injected");
        Eventually.isTrue(() -> counted("written") == 1);
        recorder.report(JOB, Events.Type.NORMAL, "Injected", "Sidecar injected");
        Eventually.isTrue(() -> counted("written") == 2);
        assertThat(api.below(SHOP)).singleElement().satisfies(event -> {
            assertThat(event.at("/series/count").asInt()).isEqualTo(2);
            assertThat(event.at("/series/lastObservedTime").asString()).isEqualTo("2026-05-06T07:08:09.123456Z");
        });
        assertThat(api.requests()).as("create and patch are all that it may do").noneMatch(request -> request.startsWith("GET"));
    }

    @Test
    void anEventThatIsGoneIsMadeAgain() throws Exception {
        recorder.report(JOB, Events.Type.NORMAL, "Injected", "Sidecar injected");
        Eventually.isTrue(() -> counted("written") == 1);
        api.delete(SHOP + "/" + api.below(SHOP).getFirst().at("/metadata/name").asString());
        recorder.report(JOB, Events.Type.NORMAL, "Injected", "Sidecar injected");
        Eventually.isTrue(() -> counted("written") == 2);
        assertThat(api.below(SHOP)).singleElement().satisfies(event -> assertThat(event.at("/series/count").asInt()).isEqualTo(2));
    }

    @Test
    void anObjectOfTheClusterHasItsEventsInTheDefaultNamespace() throws Exception {
        recorder.report(new ObjectReferenceBuilder().withKind("MutatingWebhookConfiguration").withName("m").build(), Events.Type.NORMAL,
                "A", "b");
        Eventually.isTrue(() -> api.below("/apis/events.k8s.io/v1/namespaces/default/events").size() == 1);
    }

    @Test
    void aForbiddenEventIsCountedAndTheNextOneIsTriedAgain() throws Exception {
        api.refuse("/events", 403);
        recorder.report(JOB, Events.Type.NORMAL, "Injected", "one");
        Eventually.isTrue(() -> counted("failed") == 1);
        api.refuse("/events", 0);
        recorder.report(JOB, Events.Type.NORMAL, "Injected", "two");
        Eventually.isTrue(() -> counted("written") == 1);
    }

    @Test
    void aFloodFillsTheQueueAndTheRestIsCounted() {
        int reports = 100_000;
        for (int i = 0; i < reports; i++) {
            recorder.report(JOB, Events.Type.NORMAL, "Injected", "note " + i);
        }
        assertThat(counted("queue_full") + counted("rate_limited")).as("dropped of a hundred thousand").isPositive();
        assertThat(counted("queue_full")).isLessThanOrEqualTo(reports - EventRecorder.QUEUE);
    }

    @Test
    void aNoteIsCutAtAWholeCharacter() {
        String note = "ü".repeat(600);
        String cut = EventWriter.cut(note, 1024, "…");
        assertThat(cut).endsWith("ü…");
        assertThat(cut.getBytes(StandardCharsets.UTF_8).length).isEqualTo(1023);
        assertThat(EventWriter.cut("😀😀", 7, "")).isEqualTo("😀");
        assertThat(EventWriter.cut("short", 1024, "…")).isEqualTo("short");
    }

    private double counted(String result) {
        return ((CounterSnapshot) registry.scrape(name -> name.equals("sidecar_injector_events")).stream().findFirst().orElseThrow())
                .getDataPoints().stream().filter(point -> result.equals(point.getLabels().get("result"))).findFirst().orElseThrow()
                .getValue();
    }
}
