package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.config.Features.NativeMode;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tables about whether a pod is injected, and where its sidecar goes. */
@WithConformanceData
class DecisionTablesTest {
    private static final Trial EMPTY = Trial.of("spec: {}");

    @TestFactory
    Stream<DynamicTest> whetherToInject() {
        return Tables.rows("TestInjectRequired", row -> {
            ObjectNode settings = ConformanceData.JSON.createObjectNode().set("policy", row.path("policy"));
            settings.set("alwaysInjectSelector", row.path("alwaysInjectSelector"));
            settings.set("neverInjectSelector", row.path("neverInjectSelector"));
            ObjectNode pod = Tables.pod(row.path("labels"), row.path("annotations"));
            ((ObjectNode) pod.get("spec")).set("hostNetwork", row.path("hostNetwork"));
            var injection = EMPTY.settings(settings.toString()).inject(pod, row.path("namespace").asString());
            assertThat(injection.decision().inject()).as("%s", injection.decision()).isEqualTo(row.path("want").asBoolean());
        });
    }

    @TestFactory
    Stream<DynamicTest> systemNamespacesAreLeftAlone() {
        return Tables.rows("TestSystemNamespaces_Contains", row -> {
            var injection = EMPTY.inject(Tables.pod(row.path("labels"), row.path("annotations")), row.path("ns").asString());
            assertThat(injection.decision().inject()).isEqualTo(!row.path("ignored").asBoolean());
        });
    }

    @TestFactory
    Stream<DynamicTest> nodesDecideAboutNativeSidecars() {
        return Tables.rows("TestDetectNativeSidecar", row -> {
            Map<String, String> nodes = new TreeMap<>();
            row.path("kubelets").forEach(version -> nodes.put("node" + nodes.size(), version.asString()));
            NativeMode mode = switch (row.path("mode").asString()) {
                case "true" -> NativeMode.ON;
                case "false" -> NativeMode.OFF;
                default -> NativeMode.AUTO;
            };
            String printed = Trial.printing(".NativeSidecars").nativeSidecars(mode).nodes(nodes)
                    .printed("{metadata: {}, spec: {containers: []}}");
            assertThat(printed).isEqualTo(String.valueOf(row.path("want").asBoolean()));
        });
    }

    @TestFactory
    Stream<DynamicTest> theAnnotationOverridesNativeSidecars() {
        String template = """
                spec:
                {{- if eq (index .ObjectMeta.Annotations "sidecar.istio.io/nativeSidecar" | default (printf "%t" .NativeSidecars)) "true" }}
                  initContainers:
                {{- else }}
                  containers:
                {{- end }}
                  - name: istio-proxy
                    restartPolicy: Always
                """;
        return Tables.rows("TestNativeSidecarAnnotationOverride", row -> {
            ObjectNode pod = Trial.pod("{metadata: {annotations: {}}, spec: {containers: [{name: app}, {name: istio-proxy, image: own}]}}");
            if (row.path("annotation").isString()) {
                pod.withObject("/metadata/annotations").set("sidecar.istio.io/nativeSidecar", row.path("annotation"));
            }
            NativeMode mode = row.path("flag").asBoolean() ? NativeMode.ON : NativeMode.OFF;
            JsonNode spec = Trial.of(template).nativeSidecars(mode).injected(pod).path("spec");
            String place = row.path("want").asString();
            String other = place.equals("containers") ? "initContainers" : "containers";
            assertThat(Trial.byName(spec.path(place), "istio-proxy").path("image").asString()).isEqualTo("own");
            assertThat(Trial.names(spec.path(other))).doesNotContain("istio-proxy");
        });
    }
}
