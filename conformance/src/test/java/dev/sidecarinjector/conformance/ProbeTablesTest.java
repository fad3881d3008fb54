package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tables about rewritten probes, and about the container that answers them. */
@WithConformanceData
class ProbeTablesTest {
    private static final String PROBERS = "ISTIO_KUBE_APP_PROBERS";
    private static final Trial PROXY = Trial.of("spec: {containers: [{name: istio-proxy}]}");

    @TestFactory
    Stream<DynamicTest> theProxyIsFoundInEitherList() {
        return Tables.rows("TestFindSidecar", row -> {
            ObjectNode pod = Trial.pod("{metadata: {}, spec: {containers: [], initContainers: []}}");
            row.path("containers").forEach(name -> ((ArrayNode) pod.at("/spec/containers")).addObject().set("name", name));
            row.path("init").forEach(name -> ((ArrayNode) pod.at("/spec/initContainers")).addObject().set("name", name));
            ObjectNode injected = Trial.of("spec: {}").proxyEnv(java.util.Map.of("SEEN", "yes")).injected(pod);
            assertThat("yes".equals(Trial.env(Trial.container(injected, "istio-proxy"), "SEEN"))).isEqualTo(row.path("want").asBoolean());
        });
    }

    @TestFactory
    Stream<DynamicTest> theAnnotationDecidesAboutRewriting() {
        return Tables.rows("TestShouldRewriteAppHTTPProbers", row -> {
            ObjectNode pod = Trial.pod("{spec: {containers: [{name: app, livenessProbe: {httpGet: {path: /live, port: 80}}}]}}");
            if (row.path("annotation").isString()) {
                pod.withObject("/metadata/annotations").set("sidecar.istio.io/rewriteAppHTTPProbers", row.path("annotation"));
            }
            String values = "sidecarInjectorWebhook: {rewriteAppHTTPProbe: " + row.path("values").asBoolean() + "}";
            JsonNode port = Trial.container(PROXY.values(values).injected(pod), "app").at("/livenessProbe/httpGet/port");
            assertThat(port.asInt()).isEqualTo(row.path("want").asBoolean() ? 15020 : 80);
        });
    }

    @TestFactory
    Stream<DynamicTest> grpcProbesAreRecorded() {
        return Tables.rows("TestDumpAppGRPCProbers", row -> {
            ObjectNode container = ConformanceData.JSON.createObjectNode();
            row.path("want").properties().forEach(prober -> addProbe(container, prober.getKey().split("/"), prober.getValue()));
            ObjectNode pod = Trial.pod("{spec: {containers: []}}");
            ((ArrayNode) pod.at("/spec/containers")).add(container);
            String recorded = Trial.env(Trial.container(PROXY.injected(pod), "istio-proxy"), PROBERS);
            assertThat(Tables.json(recorded)).isEqualTo(row.path("want"));
        });
    }

    /** Turns what must be recorded back into the probe that it is recorded from. */
    private static void addProbe(ObjectNode container, String[] path, JsonNode recorded) {
        container.put("name", path[2]);
        ObjectNode action = (ObjectNode) recorded.deepCopy();
        if (action.path("grpc").path("service").isNull()) {
            ((ObjectNode) action.get("grpc")).remove("service");
        }
        switch (path[3]) {
            case "livez" -> container.set("livenessProbe", action);
            case "readyz" -> container.set("readinessProbe", action);
            case "startupz" -> container.set("startupProbe", action);
            default -> container.putObject("lifecycle").set("preStop", action);
        }
    }

    @TestFactory
    Stream<DynamicTest> probesAreRewrittenInPlace() {
        return Tables.rows("TestPatchRewriteProbe", row -> {
            String name = row.path("name").asString();
            String probe = "{periodSeconds: 7, failureThreshold: 2, grpc: {port: 1234}}";
            String one = "{name: foo, livenessProbe: " + probe + "}";
            String two = "{name: bar, readinessProbe: " + probe + ", startupProbe: " + probe + "}";
            String containers = name.startsWith("no probes") ? "{name: foo}" : name.contains("two containers") ? one + "," + two : one;
            ObjectNode injected = PROXY.injected("{spec: {containers: [" + containers + "]}}");
            assertThat(injected.toString()).doesNotContain("\"grpc\"");
            checkRewritten(injected, "foo", "livenessProbe", "livez", !name.startsWith("no probes"));
            checkRewritten(injected, "bar", "readinessProbe", "readyz", name.contains("two containers"));
            checkRewritten(injected, "bar", "startupProbe", "startupz", name.contains("two containers"));
        });
    }

    private static void checkRewritten(JsonNode pod, String container, String probe, String path, boolean expected) {
        JsonNode rewritten = Trial.container(pod, container).path(probe);
        assertThat(rewritten).isEqualTo(expected
                ? Tables.json("{\"periodSeconds\":7,\"failureThreshold\":2,\"httpGet\":{\"path\":\"/app-health/" + container + "/" + path
                        + "\",\"port\":15020}}")
                : ConformanceData.JSON.missingNode());
    }

    @TestFactory
    Stream<DynamicTest> earlierRecordsAreKept() {
        return Tables.rows("TestMergeOrAppendProbers", row -> {
            ObjectNode pod = Trial.pod("{spec: {containers: []}}");
            ArrayNode containers = (ArrayNode) pod.at("/spec/containers");
            Tables.json(row.path("probers").asString()).properties()
                    .forEach(prober -> addProbe(containers.addObject(), prober.getKey().split("/"), prober.getValue()));
            ArrayNode env = containers.addObject().put("name", "istio-proxy").putArray("env");
            row.path("env").forEach(pair -> env.addObject().put("name", pair.get(0).asString()).put("value", pair.get(1).asString()));
            if (row.path("previouslyInjected").asBoolean()) {
                pod.withObject("/metadata/annotations").put("sidecar.istio.io/status", "{\"containers\":[\"istio-proxy\"]}");
            }
            JsonNode actual = Trial.container(PROXY.injected(pod), "istio-proxy").path("env");
            assertThat(Trial.names(actual)).isEqualTo(row.path("want").valueStream().map(pair -> pair.get(0).asString()).toList());
            row.path("want").forEach(pair -> {
                String value = pair.get(1).asString();
                String found = Trial.byName(actual, pair.get(0).asString()).path("value").asString();
                if (value.startsWith("{")) {
                    assertThat(Tables.json(found)).isEqualTo(Tables.json(value));
                } else {
                    assertThat(found).isEqualTo(value);
                }
            });
        });
    }
}
