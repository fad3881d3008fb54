package dev.sidecarinjector.webhook.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.injection.config.Features.NativeMode;
import dev.sidecarinjector.webhook.admission.ClusterView;
import dev.sidecarinjector.webhook.event.Events;
import dev.sidecarinjector.webhook.server.Readiness.State;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What watches keep of a cluster, and what becomes of it when the API server fails, refuses or does not know. */
class InformedClusterTest {
    private static final String PROXY_CONFIGS = "/apis/networking.istio.io/v1beta1/namespaces/";
    private static final Features OPENSHIFT = new Features(NativeMode.OFF, "", true, "default", Map.of());

    private final FakeApiServer api = new FakeApiServer();
    private final KubernetesClient client = api.client();
    private final States states = new States();
    private final List<String> events = new ArrayList<>();
    private InformedCluster cluster;

    @AfterEach
    void close() {
        if (cluster != null) {
            cluster.close();
        }
        client.close();
        api.close();
    }

    @Test
    void nodesAreUnknownBeforeTheyAreListedAndKnownAfterwards() throws Exception {
        api.put("/api/v1/nodes/a", node("v1.34.1"));
        api.refuse("/nodes", 500);
        ClusterView view = start(Features.DEFAULT);
        Eventually.isTrue(() -> states.detail().contains("the API server answers 500"));
        assertThat(view.nodes()).as("an empty map would mean that all nodes are recent").isNull();
        assertThat(states.state()).isEqualTo(State.NOT_READY);

        api.refuse("/nodes", 0);
        Eventually.isTrue(() -> states.state() == State.OK);
        assertThat(view.nodes()).containsExactly(Map.entry("a", "v1.34.1"));
    }

    @Test
    void aClusterWithoutNodesIsKnownToHaveNone() throws Exception {
        ClusterView view = start(Features.DEFAULT);
        Eventually.isTrue(() -> states.state() == State.OK);
        assertThat(view.nodes()).isEmpty();
    }

    @Test
    void nodesComeGoAndAreUpgraded() throws Exception {
        api.put("/api/v1/nodes/a", node("v1.33.0"));
        ClusterView view = start(Features.DEFAULT);
        Eventually.isTrue(() -> states.state() == State.OK);
        api.put("/api/v1/nodes/b", node("v1.32.0"));
        Eventually.isTrue(() -> view.nodes().size() == 2);
        api.put("/api/v1/nodes/a", node("v1.34.0"));
        api.delete("/api/v1/nodes/b");
        Eventually.isTrue(() -> view.nodes().equals(Map.of("a", "v1.34.0")));
    }

    @Test
    void thousandsOfNodesComeInPages() throws Exception {
        for (int i = 0; i < 1100; i++) {
            api.put("/api/v1/nodes/n" + i, node("v1.34.0"));
        }
        ClusterView view = start(Features.DEFAULT);
        Eventually.isTrue(() -> states.state() == State.OK);
        assertThat(view.nodes()).hasSize(1100);
        assertThat(api.requests()).filteredOn(request -> request.contains("/nodes") && request.contains("limit=250")).hasSize(5);
        assertThat(view.nodes().get("n7")).as("one text for a version").isSameAs(view.nodes().get("n1099"));
    }

    @Test
    void whatMayNotBeSeenIsNamedWithThePermissionAndTheRestWorks() throws Exception {
        api.refuse("/nodes", 403);
        api.put(PROXY_CONFIGS + "shop/proxyconfigs/p", "{\"spec\":{\"concurrency\":3}}");
        ClusterView view = start(Features.DEFAULT);
        cluster.await(Duration.ofMinutes(1));
        assertThat(states.state()).isEqualTo(State.DEGRADED);
        assertThat(states.detail()).contains("nodes: the API server forbids it", "list and watch nodes",
                "pods get no native sidecar");
        assertThat(view.nodes()).isNull();
        assertThat(view.proxyConfigs("shop")).hasSize(1);

        api.refuse("/nodes", 0);
        Eventually.isTrue(() -> states.state() == State.OK);
        assertThat(view.nodes()).isEmpty();
    }

    @Test
    void theKindProxyConfigMayBeUnknownAndAppearLater() throws Exception {
        api.refuse("/proxyconfigs", 404);
        ClusterView view = start(Features.DEFAULT);
        cluster.await(Duration.ofMinutes(1));
        assertThat(states.state()).as(states.detail()).isEqualTo(State.OK);
        assertThat(view.proxyConfigs("shop")).isEmpty();

        api.put(PROXY_CONFIGS + "shop/proxyconfigs/p", "{\"spec\":{\"concurrency\":3}}");
        api.refuse("/proxyconfigs", 0);
        Eventually.isTrue(() -> view.proxyConfigs("shop").size() == 1);
    }

    @Test
    void proxyConfigsAreThoseOfTheRootNamespaceAndOfThePods() throws Exception {
        api.put(PROXY_CONFIGS + "istio-system/proxyconfigs/root",
                "{\"metadata\":{\"creationTimestamp\":\"2026-01-02T03:04:05Z\"},\"spec\":{\"concurrency\":1}}");
        api.put(PROXY_CONFIGS + "shop/proxyconfigs/own",
                "{\"spec\":{\"selector\":{\"matchLabels\":{\"app\":\"a\"}},\"environmentVariables\":{\"A\":\"1\"}}}");
        api.put(PROXY_CONFIGS + "other/proxyconfigs/other", "{\"spec\":{\"concurrency\":2}}");
        ClusterView view = start(Features.DEFAULT);
        Eventually.isTrue(() -> states.state() == State.OK);
        assertThat(names(view.proxyConfigs("shop"))).containsExactlyInAnyOrder("root", "own");
        assertThat(names(view.proxyConfigs("istio-system"))).containsExactly("root");
        assertThat(names(cluster.view("other").proxyConfigs("shop"))).as("another mesh, another root")
                .containsExactlyInAnyOrder("other", "own");
        ObjectNode root = view.proxyConfigs("istio-system").getFirst();
        assertThat(root.at("/metadata/creationTimestamp").asString()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(root.at("/spec/concurrency").asInt()).isEqualTo(1);
        ObjectNode own = view.proxyConfigs("shop").stream().filter(tree -> tree.at("/metadata/name").asString().equals("own")).findAny()
                .orElseThrow();
        assertThat(own.at("/spec/selector/matchLabels/app").asString()).isEqualTo("a");
        assertThat(own.at("/spec/environmentVariables/A").asString()).isEqualTo("1");
    }

    @Test
    void aProxyConfigThatCannotBeUsedLeavesWhatItSaidBefore() throws Exception {
        String path = PROXY_CONFIGS + "shop/proxyconfigs/p";
        api.put(path, "{\"spec\":{\"concurrency\":3}}");
        ClusterView view = start(Features.DEFAULT);
        Eventually.isTrue(() -> states.state() == State.OK);
        api.put(path, "{\"spec\":{\"concurrency\":\"many\"}}");
        api.put(PROXY_CONFIGS + "shop/proxyconfigs/q", "{\"spec\":{\"concurrency\":4}}");
        Eventually.isTrue(() -> view.proxyConfigs("shop").size() == 2);
        assertThat(view.proxyConfigs("shop")).extracting(tree -> tree.at("/spec/concurrency").asInt()).containsExactlyInAnyOrder(3, 4);
        assertThat(events).singleElement().asString().startsWith("ProxyConfig shop/p WARNING ProxyConfigRejected").contains("many");
    }

    @Test
    void namespacesAreWatchedOnOpenShiftOnlyAndOnlyWhatItSaysIsKept() throws Exception {
        api.put("/api/v1/namespaces/shop", """
            {"metadata":{"annotations":{"openshift.io/sa.scc.uid-range":"1000/100","kubectl.kubernetes.io/last-applied":"long"}}}""");
        ClusterView view = start(OPENSHIFT);
        Eventually.isTrue(() -> states.state() == State.OK);
        assertThat(view.namespaceAnnotations("shop")).containsExactly(Map.entry("openshift.io/sa.scc.uid-range", "1000/100"));
        assertThat(view.namespaceAnnotations("unknown")).isNull();
        assertThat(api.requests()).as("native sidecars are off: nobody asks for nodes").noneMatch(request -> request.contains("/nodes"));
    }

    @Test
    void elsewhereNamespacesAreNotAskedFor() throws Exception {
        start(Features.DEFAULT);
        Eventually.isTrue(() -> states.state() == State.OK);
        assertThat(api.requests()).noneMatch(request -> request.contains("/api/v1/namespaces"));
    }

    @Test
    void anOutageChangesNothingAndAfterwardsEverythingIsListedAnew() throws Exception {
        api.put("/api/v1/nodes/a", node("v1.33.0"));
        api.put("/api/v1/nodes/b", node("v1.33.0"));
        ClusterView view = start(Features.DEFAULT);
        Eventually.isTrue(
                () -> states.state() == State.OK && api.requests().stream().anyMatch(request -> request.contains("nodes?allowWatch")));

        api.stop();
        Eventually.isTrue(() -> states.state() == State.DEGRADED);
        assertThat(states.detail()).contains("API server: it does not answer", "what was seen last is used");
        assertThat(view.nodes()).hasSize(2);

        api.delete("/api/v1/nodes/a");
        api.put("/api/v1/nodes/b", node("v1.34.0"));
        api.restart();
        Eventually.isTrue(() -> states.state() == State.OK);
        Eventually.isTrue(() -> view.nodes().equals(Map.of("b", "v1.34.0")));
    }

    @Test
    void aWatchThatEndsGoesOn() throws Exception {
        ClusterView view = start(Features.DEFAULT);
        Eventually.isTrue(() -> states.state() == State.OK);
        for (int i = 0; i < 3; i++) {
            api.endWatches();
            api.put("/api/v1/nodes/n" + i, node("v1.34.0"));
            int nodes = i + 1;
            Eventually.isTrue(() -> view.nodes().size() == nodes);
        }
    }

    @Test
    void patienceEnds() throws Exception {
        api.refuse("/nodes", 503);
        start(Features.DEFAULT);
        cluster.await(Duration.ofMillis(50));
        assertThat(states.state()).isEqualTo(State.DEGRADED);
        assertThat(states.detail()).contains("nodes: ");
    }

    private ClusterView start(Features features) {
        Events recorder = (about, type, reason, note) -> events
                .add(about.getKind() + " " + about.getNamespace() + "/" + about.getName() + " " + type + " " + reason + ": " + note);
        cluster = new InformedCluster(client, features, recorder, new ClusterCondition(states), Duration.ofMillis(50));
        return cluster.view("istio-system");
    }

    private static List<String> names(List<ObjectNode> trees) {
        return trees.stream().map(tree -> tree.at("/metadata/name").asString()).toList();
    }

    private static String node(String kubelet) {
        return """
            {"apiVersion":"v1","kind":"Node","metadata":{"annotations":{"big":"%s"}},
             "status":{"nodeInfo":{"kubeletVersion":"%s"},"images":[{"names":["a"],"sizeBytes":1}]}}""".formatted("x".repeat(200), kubelet);
    }
}
