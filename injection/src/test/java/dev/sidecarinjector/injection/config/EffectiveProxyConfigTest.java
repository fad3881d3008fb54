package dev.sidecarinjector.injection.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.fixtures.YamlTrees;
import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.InjectionException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class EffectiveProxyConfigTest {
    private static final JsonNode POD = YamlTrees.read("{metadata: {labels: {app: bread}}}");
    private static final MeshConfig MESH = MeshConfig
            .parse("{rootNamespace: root, defaultConfig: {proxyMetadata: {A: mesh, B: mesh, C: mesh, D: mesh}}}");

    private static InjectionContext webhook(String... resources) {
        List<ObjectNode> trees = Arrays.stream(resources).map(resource -> (ObjectNode) YamlTrees.read(resource)).toList();
        return new InjectionContext(InjectionContext.View.WEBHOOK, "bakery", null, Map.of(), null, null, trees);
    }

    private static ProxyConfig effective(String annotation, String... resources) {
        return EffectiveProxyConfig.of(webhook(resources), POD, MESH, annotation);
    }

    private static ProxyConfig commandLine(MeshConfig mesh, String annotation) {
        return EffectiveProxyConfig.of(InjectionContext.commandLine("", null), POD, mesh, annotation);
    }

    private static String resource(String namespace, String time, String spec) {
        return "{metadata: {name: r, namespace: " + namespace + ", creationTimestamp: '2026-01-0" + time + "T00:00:00Z'}, spec: " + spec
                + "}";
    }

    @Test
    void withoutAnnotationAndResourcesItIsTheSameObjectForEveryPod() {
        assertThat(effective(null)).isSameAs(effective(null));
        assertThat(commandLine(MESH, null)).isSameAs(MESH.defaultConfig());
    }

    @Test
    void layersInTheirOrder() {
        String root = resource("root", "1", "{concurrency: 1, environmentVariables: {B: root, C: root, D: root}}");
        String namespace = resource("bakery", "1", "{environmentVariables: {C: namespace, D: namespace}}");
        assertThat(effective("proxyMetadata: {D: pod}", root, namespace).proxyMetadata())
                .containsExactly(Map.entry("A", "mesh"), Map.entry("B", "root"), Map.entry("C", "namespace"), Map.entry("D", "pod"));
        assertThat(effective(null, root, namespace).tree().path("concurrency").asInt()).isEqualTo(1);
    }

    @Test
    void aResourceThatSelectsThePodBeatsItsAnnotation() {
        String matching = resource("bakery", "1",
                "{selector: {matchLabels: {app: bread}}, image: {imageType: debug}, environmentVariables: {A: workload}}");
        String other = resource("bakery", "1", "{selector: {matchLabels: {app: cake}}, environmentVariables: {A: other}}");
        ProxyConfig config = effective("{image: {imageType: distroless}, proxyMetadata: {A: pod, B: pod}}", other, matching);
        assertThat(config.imageType()).isEqualTo("debug");
        assertThat(config.proxyMetadata()).containsEntry("A", "workload").containsEntry("B", "pod");
    }

    @Test
    void ofSeveralResourcesTheOldestCounts() {
        assertThat(effective(null, resource("bakery", "2", "{concurrency: 2}"), resource("bakery", "1", "{concurrency: 1}"),
                resource("bakery", "3", "{concurrency: 3}")).tree().path("concurrency").asInt()).isEqualTo(1);
    }

    @Test
    void resourcesOfOtherNamespacesDoNotCount() {
        assertThat(effective(null, resource("elsewhere", "1", "{concurrency: 2}")).cleanJson()).doesNotContain("concurrency");
    }

    @Test
    void aPlainZeroIsLostInTheWebhookAndCountsOnTheCommandLine() {
        assertThat(effective("{statNameLength: 0, meshId: m}").tree().path("statNameLength").asInt()).isEqualTo(189);
        assertThat(commandLine(MESH, "{statNameLength: 0, meshId: m}").tree().has("statNameLength")).isFalse();
        assertThat(effective("concurrency: 0").tree().path("concurrency").asInt(-1)).as("a wrapper keeps its zero").isZero();
        MeshConfig mesh = MeshConfig.parse("defaultConfig: {controlPlaneAuthPolicy: NONE}");
        assertThat(EffectiveProxyConfig.of(webhook(), POD, mesh, null).cleanJson()).isEqualTo("{}");
        assertThat(commandLine(mesh, null).tree().has("controlPlaneAuthPolicy")).isFalse();
    }

    @Test
    void anUnreadableAnnotationIsIgnoredInTheWebhookAndAnErrorOnTheCommandLine() {
        assertThat(effective("{")).isSameAs(effective(null));
        assertThatThrownBy(() -> commandLine(MESH, "statusPort: x")).isInstanceOf(InjectionException.class)
                .hasMessage("could not parse proxy config: statusPort: expected a number, found \"x\"");
    }

    @Test
    void itIsKnownWhichTextsThePodsAuthorWrote() {
        assertThat(effective(null).origin()).isNull();
        assertThat(effective("{proxyMetadata: {}}").origin()).isNull();
        ProxyConfig own = effective("{proxyMetadata: {A: pod}}");
        assertThat(own.origin()).isNotNull();
        assertThat(own.origin().description()).isEqualTo("annotation \"proxy.istio.io/config\"");
        assertThat(effective("{proxyMetadata: {A: pod}}",
                resource("bakery", "1", "{selector: {matchLabels: {app: bread}}, environmentVariables: {A: operator}}")).origin()).isNull();
    }
}
