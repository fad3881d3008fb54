package dev.sidecarinjector.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** The configuration is exchanged while pods are admitted. */
@OnCluster
class ConfigurationTest {
    private static final int SWAPS = 20;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Both templates and values carry the number of the turn, and every pod shows both. */
    @Test
    void everyPodGetsOneConfigurationWholly(Cluster cluster) throws Exception {
        KubernetesClient client = cluster.client();
        Set<String> seen = ConcurrentHashMap.newKeySet();
        try (Installation _ = Installation.of(cluster, "");
                Workloads pods = Workloads.in(cluster, "configuration", Map.of("istio-injection", "enabled"))) {
            swap(client, 0);
            Eventually.is(LIMIT, "the first turn is in use",
                    () -> turn(client.resource(pods.pod("first", Map.of()).build()).dryRun().create()).equals("0"));
            try (AdmissionLoad load = AdmissionLoad.on(client, pods, pod -> {
                seen.add(turn(pod));
                return turn(pod).equals("mixed") ? "template and values of different turns" : null;
            })) {
                for (int i = 1; i <= SWAPS; i++) {
                    String number = Integer.toString(i);
                    swap(client, i);
                    Eventually.is(LIMIT, "turn " + i + " is in use", () -> seen.contains(number));
                }
                load.end();
                assertThat(load.complaints()).isEmpty();
                assertThat(seen).hasSize(SWAPS + 1);
            }
        }
    }

    @Test
    void aConfigurationThatCannotBeUsedChangesNothing(Cluster cluster) throws Exception {
        KubernetesClient client = cluster.client();
        try (Installation installation = Installation.of(cluster, "");
                Workloads pods = Workloads.in(cluster, "bad-configuration", Map.of("istio-injection", "enabled"))) {
            swap(client, 7);
            Eventually.is(LIMIT, "the good one is in use",
                    () -> turn(client.resource(pods.pod("good", Map.of()).build()).dryRun().create()).equals("7"));
            assertThat(installation.log()).doesNotContain("unclosed action");
            edit(client, "{{ .Values ", "8");
            Eventually.is(LIMIT, "the log tells", () -> installation.log().contains("unclosed action"));
            assertThat(turn(pods.create("still-good", Map.of()))).isEqualTo("7");
            swap(client, 9);
            Eventually.is(LIMIT, "the next good one is used",
                    () -> turn(client.resource(pods.pod("next", Map.of()).build()).dryRun().create()).equals("9"));
        }
    }

    private static void swap(KubernetesClient client, int turn) {
        edit(client, """
                metadata: {annotations: {template-turn: "%d", values-turn: "{{ .Values.global.turn }}"}}
                spec: {containers: [{name: istio-proxy, image: proxy}]}""".formatted(turn), Integer.toString(turn));
    }

    /** One write: a template of its own, and a value. */
    private static void edit(KubernetesClient client, String template, String turn) {
        client.configMaps().inNamespace(Installation.NAMESPACE).withName("istio-sidecar-injector").edit(map -> {
            ConfigMap changed = map.edit().build();
            changed.getData().put("config",
                    "policy: enabled\ndefaultTemplates: [sidecar]\ntemplates:\n  sidecar: |\n" + template.indent(4));
            changed.getData().put("values", map.getData().get("values").replaceFirst("\"global\": \\{(\\s*\"turn\": \"\\d*\",)?",
                    "\"global\": {\"turn\": \"" + turn + "\","));
            return changed;
        });
    }

    /** The number that a pod shows in both places. */
    private static String turn(Pod pod) {
        Map<String, String> annotations = pod.getMetadata().getAnnotations();
        String template = annotations.getOrDefault("template-turn", "none");
        return template.equals(annotations.getOrDefault("values-turn", "none")) ? template : "mixed";
    }
}
