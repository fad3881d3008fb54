package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.InjectionContext.View;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What goes wrong easily when a template is laid over a pod; the numbers are those of the list of traps. */
class TrapsOfMergingTest {
    private static final Trial PROXY = Trial.of("spec: {containers: [{name: istio-proxy}]}");

    /** Trap 72. */
    @Test
    void twoMountsOfOneVolumeStayTwo() {
        Trial trial = Trial.of("spec: {containers: [{name: app, volumeMounts: [{name: data, mountPath: /two}]}]}");
        JsonNode pod = trial.injected("{spec: {containers: [{name: app, volumeMounts: [{name: data, mountPath: /one}]}]}}");
        assertThat(pod.at("/spec/containers/0/volumeMounts").valueStream().map(mount -> mount.path("mountPath").asString()).toList())
                .isEqualTo(List.of("/two", "/one"));
    }

    /** Trap 75. */
    @Test
    void anAnnotationCannotUndoTheValuesHold() {
        Trial trial = PROXY.values("global: {proxy: {holdApplicationUntilProxyStarts: true}}");
        JsonNode pod = trial.injected("""
                metadata: {annotations: {proxy.istio.io/config: "holdApplicationUntilProxyStarts: false"}}
                spec: {containers: [{name: app}]}
                """);
        assertThat(Trial.names(pod.at("/spec/containers"))).isEqualTo(List.of("istio-proxy", "app"));
    }

    /** Trap 82. */
    @Test
    void laterTemplatesDontSeeWhatEarlierOnesAdded() {
        Trial trial = PROXY.templates(Map.of("one", "metadata: {labels: {made: here}}\nspec: {containers: [{name: more}]}", "two",
                "metadata: {annotations: {seen: '{{ len .Spec.Containers }}{{ index .ObjectMeta.Labels \"made\" }}'}}"))
                .settings("defaultTemplates: [one, two]");
        assertThat(Trial.annotation(trial.injected("{spec: {containers: [{name: app}]}}"), "seen")).isEqualTo("1");
    }

    /** Trap 83. */
    @Test
    void theProxyIsLookedForAmongTheContainersFirst() {
        JsonNode pod = Trial.of("spec: {}").proxyEnv(Map.of("SEEN", "yes"))
                .injected("{spec: {initContainers: [{name: istio-proxy, restartPolicy: Always}], containers: [{name: istio-proxy}]}}");
        assertThat(Trial.env(pod.at("/spec/containers/0"), "SEEN")).isEqualTo("yes");
        assertThat(Trial.env(pod.at("/spec/initContainers/0"), "SEEN")).isNull();
    }

    /** Traps 79 and 107. */
    @Test
    void metadataOfTheProxyIsMergedAndOtherMessagesAreReplaced() {
        Trial trial = Trial.printing("protoToJSON .ProxyConfig").mesh("""
                defaultConfig:
                  proxyMetadata: {A: "1", B: "1"}
                  tracing: {sampling: 50, zipkin: {address: "z:1"}}
                """);
        String printed = trial.printed("""
                metadata: {annotations: {proxy.istio.io/config: '{"proxyMetadata": {"B": "2"}, "tracing": {"sampling": 10}}'}}
                spec: {containers: []}
                """);
        assertThat(Tables.json(printed))
                .isEqualTo(Tables.json("{\"tracing\":{\"sampling\":10},\"proxyMetadata\":{\"A\":\"1\",\"B\":\"2\"}}"));
    }

    /** Trap 104. */
    @Test
    void anEmptyPlainFieldOverridesOnlyOnTheCommandLine() {
        Trial trial = Trial.printing("protoToJSON .ProxyConfig").mesh("defaultConfig: {availabilityZone: z}");
        String pod = "{metadata: {annotations: {proxy.istio.io/config: 'availabilityZone: \"\"'}}, spec: {containers: []}}";
        assertThat(trial.printed(pod)).isEqualTo("{\"availabilityZone\":\"z\"}");
        assertThat(trial.view(View.COMMAND_LINE).printed(pod)).isEqualTo("{}");
    }

    /** Trap 103. */
    @Test
    void theStatusPortOfAnAnnotationCountsForMetricsOnlyOnTheCommandLine() {
        String pod = "{metadata: {annotations: {proxy.istio.io/config: 'statusPort: 15099'}}, spec: {containers: [{name: app}]}}";
        assertThat(Trial.annotation(PROXY.injected(pod), "prometheus.io/port")).isEqualTo("15020");
        assertThat(Trial.annotation(PROXY.view(View.COMMAND_LINE).injected(pod), "prometheus.io/port")).isEqualTo("15099");
    }
}
