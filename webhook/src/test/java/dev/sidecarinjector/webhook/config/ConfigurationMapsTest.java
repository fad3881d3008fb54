package dev.sidecarinjector.webhook.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.webhook.cluster.ClusterCondition;
import dev.sidecarinjector.webhook.cluster.Eventually;
import dev.sidecarinjector.webhook.cluster.FakeApiServer;
import dev.sidecarinjector.webhook.cluster.States;
import dev.sidecarinjector.webhook.event.Events;
import dev.sidecarinjector.webhook.server.Readiness.State;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Two ConfigMaps that are followed while they come, change, break and go. */
class ConfigurationMapsTest {
    private static final String MAPS = "/api/v1/namespaces/mesh-system/configmaps/";
    private static final String INJECTOR = MAPS + "istio-sidecar-injector-blue";
    private static final String MESH = MAPS + "istio-blue";

    private final FakeApiServer api = new FakeApiServer();
    private final KubernetesClient client = api.client();
    private final List<String> used = new CopyOnWriteArrayList<>();
    private final List<String> events = new CopyOnWriteArrayList<>();
    private final States states = new States();
    private final States sight = new States();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private LiveConfiguration live;

    @AfterEach
    void close() {
        live.close();
        client.close();
        api.close();
    }

    @Test
    void theNamesFollowTheRevision() {
        live = follow();
        assertThat(ConfigurationMaps.Names.of("n", "")).isEqualTo(new ConfigurationMaps.Names("n", "istio-sidecar-injector", "istio"));
        assertThat(ConfigurationMaps.Names.of("n", "default")).isEqualTo(ConfigurationMaps.Names.of("n", ""));
        assertThat(ConfigurationMaps.Names.of("n", "blue"))
                .isEqualTo(new ConfigurationMaps.Names("n", "istio-sidecar-injector-blue", "istio-blue"));
    }

    @Test
    void changesOfEitherMapAreFollowed() throws Exception {
        putInjector("a", "a");
        putMesh("a");
        live = follow();
        assertThat(live.awaitFirst(Duration.ofMinutes(1))).isTrue();
        Eventually.isTrue(() -> states.state() == State.OK);
        putInjector("b", "b");
        Eventually.isTrue(() -> used.getLast().equals("b b a"));
        putMesh("b");
        Eventually.isTrue(() -> used.getLast().equals("b b b"));
        assertThat(used.getFirst()).isEqualTo("a a a");
    }

    @Test
    void onlyTheTwoAreAskedForByName() throws Exception {
        putInjector("a", "a");
        api.put(MAPS + "other", "{\"data\":{}}");
        live = follow();
        Eventually.isTrue(() -> !used.isEmpty());
        assertThat(used).containsExactly("a a istio-system");
        assertThat(api.requests()).isNotEmpty().allMatch(request -> request.contains("/namespaces/mesh-system/configmaps")
                && (request.contains("metadata.name%3Distio-sidecar-injector-blue") || request.contains("metadata.name%3Distio-blue")));
    }

    /** Trap 96, step by step: whatever becomes of the map, the last good state stays. */
    @Test
    void aMapThatIsDeletedBrokenOrIncompleteChangesNothing() throws Exception {
        putInjector("a", "a");
        putMesh("a");
        live = follow();
        Eventually.isTrue(() -> states.state() == State.OK);
        rejected(() -> api.delete(INJECTOR), "the ConfigMap mesh-system/istio-sidecar-injector-blue does not exist");
        rejected(() -> api.put(INJECTOR, "{\"data\":{\"values\":\"{}\"}}"), "has no key config");
        rejected(() -> api.put(INJECTOR, "{\"data\":{\"config\":\"policy: enabled\"}}"), "has no key values");
        rejected(() -> api.put(INJECTOR, "{}"), "has no key config");
        rejected(() -> api.put(INJECTOR, map("config", "[1]", "values", "{}")), "config: expected a map");
        rejected(() -> api.put(INJECTOR, map("config", Texts.config("b"), "values", "]")), "could not parse configuration values");
        assertThat(used).containsExactly("a a a");
        assertThat(events).hasSize(6).allMatch(event -> event.startsWith("ConfigMap mesh-system/istio-sidecar-injector-blue "));
        putInjector("c", "c");
        Eventually.isTrue(() -> states.state() == State.OK);
        assertThat(used).containsExactly("a a a", "c c a");
    }

    @Test
    void aFaultOfTheMeshIsReportedOnTheMeshsMap() throws Exception {
        putInjector("a", "a");
        putMesh("a");
        live = follow();
        Eventually.isTrue(() -> states.state() == State.OK);
        rejected(() -> api.put(MESH, map("mesh", "defaultConfig: 7")), "mesh: ");
        rejected(() -> api.put(MESH, "{\"data\":{\"other\":\"\"}}"), "has no key mesh");
        rejected(() -> api.delete(MESH), "are gone");
        assertThat(used).containsExactly("a a a");
        assertThat(events).hasSize(3).allMatch(event -> event.startsWith("ConfigMap mesh-system/istio-blue "));
    }

    @Test
    void withoutTheMapTheServerIsNotReadyAndSaysWhy() throws Exception {
        live = follow();
        Eventually.isTrue(() -> states.detail().contains("istio-sidecar-injector-blue does not exist"));
        assertThat(states.state()).isEqualTo(State.NOT_READY);
        assertThat(live.awaitFirst(Duration.ZERO)).isFalse();
        putInjector("a", "a");
        Eventually.isTrue(() -> used.equals(List.of("a a istio-system")));
    }

    @Test
    void withoutThePermissionTheServerIsNotReadyAndNamesIt() throws Exception {
        api.refuse("/configmaps", 403);
        putInjector("a", "a");
        live = follow();
        Eventually.isTrue(() -> states.detail().contains("list and watch the configmap mesh-system/istio-"));
        assertThat(states.state()).isEqualTo(State.NOT_READY);
        assertThat(sight.state()).isEqualTo(State.DEGRADED);
        api.refuse("/configmaps", 0);
        Eventually.isTrue(() -> states.state() == State.OK);
        assertThat(used).containsExactly("a a istio-system");
    }

    private void rejected(Runnable change, String problem) throws InterruptedException {
        double before = Texts.loads(registry, "rejected");
        change.run();
        Eventually.isTrue(() -> Texts.loads(registry, "rejected") == before + 1);
        Eventually.isTrue(() -> states.detail().contains(problem));
        assertThat(states.state()).isEqualTo(State.DEGRADED);
    }

    private LiveConfiguration follow() {
        Events recorder = (about, _, _, note) -> events
                .add(about.getKind() + " " + about.getNamespace() + "/" + about.getName() + " " + note);
        ConfigurationMaps source = new ConfigurationMaps(client, ConfigurationMaps.Names.of("mesh-system", "blue"),
                new ClusterCondition(sight));
        LiveConfiguration fresh = new LiveConfiguration(source, Features.DEFAULT, this::use,
                new LoadReport(registry, states, recorder, InstantSource.system()));
        fresh.start();
        return fresh;
    }

    private void use(Configuration configuration) {
        used.add(LiveConfigurationTest.mark(configuration));
    }

    private void putInjector(String config, String values) {
        api.put(INJECTOR, map("config", Texts.config(config), "values", Texts.values(values)));
    }

    private void putMesh(String mark) {
        api.put(MESH, map("mesh", Texts.mesh(mark)));
    }

    private static String map(String... keysAndTexts) {
        ObjectNode map = new JsonMapper().createObjectNode();
        ObjectNode data = map.putObject("data");
        for (int i = 0; i < keysAndTexts.length; i += 2) {
            data.put(keysAndTexts[i], keysAndTexts[i + 1]);
        }
        return map.toString();
    }
}
