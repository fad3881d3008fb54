package dev.sidecarinjector.webhook.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.injection.config.Features.NativeMode;
import dev.sidecarinjector.webhook.admission.Admissions;
import dev.sidecarinjector.webhook.admission.Answer;
import dev.sidecarinjector.webhook.admission.Review.Question;
import dev.sidecarinjector.webhook.event.AdmissionEvents;
import dev.sidecarinjector.webhook.event.EventRecorder;
import dev.sidecarinjector.webhook.event.Events;
import dev.sidecarinjector.webhook.server.Readiness.State;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The API server falls silent: it accepts connections and never answers, and no timeout helps, for it is an hour. Whatever asked it for an
 * admission would hang; nothing does.
 */
class NoNetworkOnAdmissionTest {
    private static final int HOUR = 3_600_000;
    private static final JsonMapper JSON = new JsonMapper();
    private static final Features ALL = new Features(NativeMode.AUTO, "", true, "default", Map.of());
    /** Shows each thing that comes from the cluster: nodes, namespace, ProxyConfig. */
    private static final String CONFIG = """
        policy: enabled
        templates:
          sidecar: |
            spec:
              containers:
              - name: istio-proxy
                image: "native-{{ .NativeSidecars }}"
                workingDir: "uid-{{ .ProxyUID }}"
                terminationMessagePath: "cr-{{ .ProxyConfig.ProxyMetadata.FROM }}"
        """;
    private static final String POD = """
        {"kind":"Pod","apiVersion":"v1","metadata":{"generateName":"shop-","ownerReferences":[{"apiVersion":"apps/v1","kind":"ReplicaSet",
        "name":"shop","uid":"u","controller":true}]},"spec":{"containers":[{"name":"main","image":"shop:1"}]}}""";
    private static final byte[] REVIEW = """
        {"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1","request":{"uid":"u","namespace":"shop","object":%s}}"""
            .formatted(POD).getBytes(StandardCharsets.UTF_8);

    private final States states = new States();
    private final Injector injector = new Injector(
            Configuration.load(CONFIG, "{\"global\":{\"hub\":\"h\",\"tag\":\"1\"}}", "rootNamespace: root", ALL));

    @Test
    void aSilentApiServerStopsNoAdmission() throws Exception {
        try (FakeApiServer api = new FakeApiServer()) {
            api.put("/api/v1/nodes/a", "{\"status\":{\"nodeInfo\":{\"kubeletVersion\":\"v1.34.0\"}}}");
            api.put("/api/v1/namespaces/shop", "{\"metadata\":{\"annotations\":{\"openshift.io/sa.scc.uid-range\":\"5000/10\"}}}");
            api.put("/apis/networking.istio.io/v1beta1/namespaces/root/proxyconfigs/p",
                    "{\"spec\":{\"environmentVariables\":{\"FROM\":\"memory\"}}}");
            try (BlackHole way = new BlackHole(api.port(), true);
                    KubernetesClient client = client(way.port());
                    InformedCluster cluster = new InformedCluster(client, ALL, Events.NONE, new ClusterCondition(states));
                    EventRecorder recorder = new EventRecorder(client, "injector-0", new PrometheusRegistry(), InstantSource.system())) {
                Eventually.isTrue(() -> states.state() == State.OK);
                way.swallow();
                Admissions admissions = new Admissions(injector::inject, cluster.view("root"));
                answerMany(admissions, new AdmissionEvents(recorder), "native-true", "uid-5009", "cr-memory");
                // It is the Event that disappeared there, and nobody waited for it.
                Eventually.isTrue(() -> way.swallowed() > 0);
            }
        }
    }

    @Test
    void anApiServerThatWasNeverHeardOfStopsNoAdmission() throws Exception {
        try (FakeApiServer api = new FakeApiServer();
                BlackHole way = new BlackHole(api.port(), false);
                KubernetesClient client = client(way.port());
                InformedCluster cluster = new InformedCluster(client, ALL, Events.NONE, new ClusterCondition(states));
                EventRecorder recorder = new EventRecorder(client, "injector-0", new PrometheusRegistry(), InstantSource.system())) {
            Eventually.isTrue(() -> way.swallowed() > 0);
            assertThat(states.state()).isEqualTo(State.NOT_READY);
            cluster.await(Duration.ofMillis(1));
            assertThat(states.state()).as("patience is over").isEqualTo(State.DEGRADED);
            Admissions admissions = new Admissions(injector::inject, cluster.view("root"));
            answerMany(admissions, new AdmissionEvents(recorder), "native-false", "uid-1337", "cr-");
        }
    }

    private static void answerMany(Admissions admissions, AdmissionEvents events, String... expected) throws Exception {
        ObjectNode pod = (ObjectNode) JSON.readTree(POD);
        Callable<String> admission = () -> {
            Answer answer = admissions.answer(REVIEW, Map.of());
            events.answered(new Question("admission.k8s.io/v1", "u", "shop", pod), answer);
            return new String(Base64.getDecoder().decode(JSON.readTree(answer.body()).at("/response/patch").asString()),
                    StandardCharsets.UTF_8);
        };
        ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            List<Future<String>> patches = IntStream.range(0, 3000).mapToObj(_ -> threads.submit(admission)).toList();
            for (Future<String> patch : patches) {
                assertThat(patch.get(1, TimeUnit.MINUTES)).contains(expected);
            }
        } finally {
            // Closing would wait for admissions that hang.
            threads.shutdownNow();
        }
    }

    private static KubernetesClient client(int port) {
        Config config = new ConfigBuilder().withAutoConfigure(false).withMasterUrl("http://127.0.0.1:" + port).withRequestTimeout(HOUR)
                .withConnectionTimeout(HOUR).withRequestRetryBackoffLimit(0).withOnlyHttpWatches(true).build();
        return new KubernetesClientBuilder().withConfig(config).build();
    }
}
