package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.config.ProxyConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tables about what templates can call and see, and about how several of them are put together. */
@WithConformanceData
class TemplateTablesTest {
    private static final String POD = "{metadata: {name: row}, spec: {containers: [{name: app, image: example/app}]}}";

    @TestFactory
    Stream<DynamicTest> omitNil() {
        return Tables.rows("TestOmitNil", row -> {
            Trial trial = Trial.printing("toJson (omitNil .Values.in)").values("{\"in\": " + row.path("in") + "}");
            assertThat(Tables.json(trial.printed(POD))).isEqualTo(row.path("want"));
        });
    }

    @TestFactory
    Stream<DynamicTest> portsOfUdpAndSctpAreSkipped() {
        return Tables.rows("TestSkipUDPPorts", row -> {
            ObjectNode pod = Trial.pod(POD);
            ArrayNode ports = ((ObjectNode) pod.at("/spec/containers/0")).putArray("ports");
            row.path("ports").forEach(port -> {
                ObjectNode added = ports.addObject();
                added.set("containerPort", port.get(0));
                added.set("protocol", port.get(1));
            });
            String printed = Trial.annotation(Trial.printing("includeInboundPorts .Spec.Containers").injected(pod), "out");
            assertThat(printed).isEqualTo(String.join(",", row.path("want").valueStream().map(JsonNode::asString).toList()));
        });
    }

    @TestFactory
    Stream<DynamicTest> onlyWhatDiffersFromTheDefaultsIsPrinted() {
        return Tables.rows("TestCleanProxyConfig", row -> {
            ObjectNode mesh = ConformanceData.JSON.createObjectNode();
            if (row.path("name").asString().startsWith("explicit")) {
                mesh.set("defaultConfig", ProxyConfig.defaults().tree());
            } else if (row.has("set")) {
                mesh.set("defaultConfig", row.path("set"));
            }
            Trial trial = Trial.printing("protoToJSON .ProxyConfig").mesh(mesh.toString());
            assertThat(trial.printed(POD)).isEqualTo(row.path("want").asString());
            String again = ConformanceData.JSON.createObjectNode().set("defaultConfig", Tables.json(trial.printed(POD))).toString();
            assertThat(Trial.printing("protoToJSON .ProxyConfig").mesh(again).printed(POD)).isEqualTo(row.path("want").asString());
        });
    }

    @TestFactory
    Stream<DynamicTest> appendMultusNetwork() {
        Trial trial = Trial.printing("appendMultusNetwork (index .ObjectMeta.Annotations \"in\") \"istio-cni\"");
        return Tables.rows("TestAppendMultusNetwork", row -> {
            String in = row.path("in").asString(null);
            String want = row.path("want").asString(null);
            if (row.path("name").asString().equals("json-multiline-additional-fields")) {
                in = "[\n  {\"name\": \"macvlan-conf-1\", \"more\": {\"x\": 1}},\n  {\"name\": \"macvlan-conf-2\"}\n  ]";
                want = in.substring(0, in.length() - 1) + ", {\"name\": \"istio-cni\"}]";
            } else if (row.path("name").asString().equals("json-preconfigured-istio-cni")) {
                in = "[\n  {\"name\": \"macvlan-conf-1\"},\n  {\"name\": \"istio-cni\"},\n  ]";
                want = in;
            }
            assertThat(appended(trial, in)).isEqualTo(want);
            assertThat(appended(trial, want)).isEqualTo(want);
        });
    }

    private static String appended(Trial trial, String existing) {
        ObjectNode pod = Trial.pod(POD);
        pod.withObject("/metadata/annotations").put("in", existing);
        return Trial.annotation(trial.injected(pod), "out");
    }

    @TestFactory
    Stream<DynamicTest> otelResourceAttributes() {
        return Tables.rows("TestOtelResourceAttributes", row -> {
            ObjectNode pod = Tables.pod(row.path("labels"), row.path("annotations"));
            ArrayNode containers = ((ObjectNode) pod.get("spec")).putArray("containers");
            row.path("containers")
                    .forEach(pair -> containers.addObject().put("name", pair.get(0).asString()).put("image", pair.get(1).asString()));
            ObjectNode mesh = ConformanceData.JSON.createObjectNode();
            if (row.path("provider").isString()) {
                mesh.putArray("extensionProviders").addObject().put("name", "otel").putObject("opentelemetry")
                        .put("service", "otel.example")
                        .put("port", 4317).set("serviceAttributeEnrichment", row.path("provider"));
            }
            String call = "otelResourceAttributes .MeshConfig .ObjectMeta.Annotations .ObjectMeta.Labels \""
                    + row.path("namespace").asString()
                    + "\" .Spec.Containers";
            assertThat(Trial.annotation(Trial.printing(call).mesh(mesh.toString()).injected(pod), "out"))
                    .isEqualTo(row.path("want").asString());
        });
    }

    @TestFactory
    Stream<DynamicTest> theProxysImage() {
        return Tables.rows("TestProxyImage", row -> {
            ObjectNode values = ConformanceData.JSON.createObjectNode();
            values.putObject("global").setAll((ObjectNode) row.deepCopy());
            ObjectNode mesh = ConformanceData.JSON.createObjectNode();
            if (row.path("proxyConfigImageType").isString()) {
                mesh.putObject("defaultConfig").putObject("image").set("imageType", row.path("proxyConfigImageType"));
            }
            ObjectNode pod = Trial.pod(POD);
            if (row.path("annotation").isString()) {
                pod.withObject("/metadata/annotations").set("sidecar.istio.io/proxyImageType", row.path("annotation"));
            }
            ObjectNode injected = Trial.printing(".ProxyImage").values(values.toString()).mesh(mesh.toString()).injected(pod);
            assertThat(Trial.annotation(injected, "out")).isEqualTo(row.path("want").asString());
        });
    }

    @TestFactory
    Stream<DynamicTest> severalTemplatesAreLaidOverEachOther() {
        Trial trial = Trial.of("").templates(Map.of("sidecar", "spec: {containers: [{name: istio-proxy, image: proxy}]}", "init",
                "spec: {initContainers: [{name: istio-init, image: proxy}]}")).settings("aliases: {both: [sidecar, init]}")
                .mesh(Trial.NO_MESH);
        return Tables.rows("TestMultipleInjectionTemplates", row -> {
            ObjectNode pod = Trial.pod("{spec: {containers: [{name: hello}]}}");
            pod.withObject("/metadata/annotations").set("inject.istio.io/templates", row.path("annotation"));
            ObjectNode injected = trial.injected(pod);
            assertThat(Trial.names(injected.at("/spec/initContainers"))).isEqualTo(texts(row.path("wantInit")));
            assertThat(Trial.names(injected.at("/spec/containers"))).isEqualTo(texts(row.path("wantContainers")));
            checkAnnotations(injected, row.path("wantAnnotations"));
        });
    }

    private static void checkAnnotations(JsonNode pod, JsonNode wanted) {
        wanted.properties().forEach(pair -> assertThat(Trial.annotation(pod, pair.getKey()))
                .isEqualTo(pair.getValue().asString()));
    }

    @TestFactory
    Stream<DynamicTest> aTemplateCanReplaceInsteadOfMerge() {
        return Tables.rows("TestStrategicMerge", row -> {
            Trial trial = Trial.of("metadata: {labels: " + row.path("templateLabels") + "}\nspec: {containers: [{name: injected}]}")
                    .mesh(Trial.NO_MESH);
            ObjectNode injected = trial
                    .injected("{metadata: {labels: " + row.path("podLabels") + "}, spec: {containers: [{name: hello}]}}");
            assertThat(injected.at("/metadata/labels")).isEqualTo(row.path("wantLabels"));
            assertThat(Trial.names(injected.at("/spec/containers"))).isEqualTo(texts(row.path("wantContainers")));
            assertThat(Trial.annotation(injected, "prometheus.io/port")).isEqualTo(row.path("wantPrometheusPort").asString());
        });
    }

    @TestFactory
    Stream<DynamicTest> theUrlsVariablesReachTheProxy() {
        Map<String, String> variables = dev.sidecarinjector.webhook.admission.ProxyEnv.of("/inject/net/network1/cluster/cluster1")
                .variables();
        return Tables.rows("Test_updateClusterEnvs", row -> {
            ObjectNode injected = Trial.of("spec: {containers: [{name: istio-proxy}]}").proxyEnv(variables).injected(POD);
            List<List<String>> env = new ArrayList<>();
            Trial.container(injected, "istio-proxy").path("env")
                    .forEach(variable -> env.add(List.of(variable.path("name").asString(), variable.path("value").asString())));
            assertThat(env).isEqualTo(row.path("want").valueStream().map(TemplateTablesTest::texts).toList());
        });
    }

    @TestFactory
    Stream<DynamicTest> templatesDontSeeWhatAnEarlierInjectionAdded() {
        Trial trial = Trial.of("""
                metadata:
                  annotations:
                    left: '{{ range .Spec.Containers }}{{ .Name }},{{ end }}|{{ range .Spec.InitContainers }}{{ .Name }},{{ end }}'
                """);
        return Tables.rows("TestParseStatus", row -> {
            ObjectNode pod = Trial.pod("""
                    spec:
                      containers: [{name: app}, {name: istio-proxy}, {name: random-container}]
                      initContainers: [{name: first}, {name: istio-init}, {name: istio-validation}]
                    """);
            pod.withObject("/metadata/annotations").set("sidecar.istio.io/status", row.path("status"));
            List<String> containers = new ArrayList<>(List.of("app", "istio-proxy", "random-container"));
            List<String> initContainers = new ArrayList<>(List.of("first", "istio-init", "istio-validation"));
            containers.removeAll(texts(row.path("containers")));
            initContainers.removeAll(texts(row.path("initContainers")));
            String want = String.join(",", containers) + ",|" + String.join(",", initContainers) + ",";
            assertThat(Trial.annotation(trial.injected(pod), "left")).isEqualTo(want);
        });
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }
}
