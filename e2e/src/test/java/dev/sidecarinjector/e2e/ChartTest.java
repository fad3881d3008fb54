package dev.sidecarinjector.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.templates.ShippedTemplates;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What the chart renders, without a cluster. */
class ChartTest {
    static final List<String> COMBINATIONS = List.of("", "revision: v2", "{revision: v2, revisionTags: [prod, default]}",
            "revisionTags: [prod]",
            "global: {operatorManageWebhooks: true}", "configMaps: {create: false}", "configuration: {source: files}",
            "certificates: {source: cert-manager}",
            "{revision: v2, certificates: {source: cert-manager, certManager: {issuerRef: {kind: ClusterIssuer, name: company}}}}",
            "certificates: {source: secret, secretName: mine}", "registration: {keep: false}",
            "{autoscaleEnabled: false, replicaCount: 1, global: {defaultPodDisruptionBudget: {enabled: false}, networkPolicy: {enabled: false}, priorityClassName: ''}}",
            "{sidecarInjectorWebhook: {failurePolicy: Ignore, timeoutSeconds: 3, reinvocationPolicy: IfNeeded, enableNamespacesByDefault: true, matchConditions: [{name: not-jobs, expression: 'true'}]}}",
            "istiodRemote: {injectionURL: 'https://injector.example.com/inject', injectionCABundle: Y2E=}",
            "serviceMonitor: {enabled: true, labels: {release: prometheus}}",
            "{debugPort: 15099, otlpEndpoint: 'http://collector:4318', deadline: 5s, clientCAConfigMap: api-server, env: {ENABLE_NATIVE_SIDECARS: 'true', COUNT: 3}}",
            "{nodeSelector: {a: b}, tolerations: [{operator: Exists}], affinity: {nodeAffinity: {}}, topologySpreadConstraints: [{topologyKey: zone, maxSkew: 1, whenUnsatisfiable: DoNotSchedule}], podAnnotations: {a: b}, podLabels: {a: b}, serviceAnnotations: {a: b}, serviceAccountAnnotations: {a: b}}",
            "global: {imagePullSecrets: [one, two], imagePullPolicy: Always, logAsJson: true, istioNamespace: mesh}");
    private static final Set<String> SYSTEM = Set.of("kube-system", "kube-public", "kube-node-lease", "local-path-storage");

    @Test
    void lintFindsNothing() {
        assertThat(Chart.lint().isFailed()).as("%s", Chart.lint().getMessages()).isFalse();
    }

    @ParameterizedTest
    @FieldSource("COMBINATIONS")
    void everyRenderGivesTheSameBytes(String values) {
        assertThat(Chart.text("istio-system", values)).isNotBlank().isEqualTo(Chart.text("istio-system", values));
    }

    @ParameterizedTest
    @FieldSource("COMBINATIONS")
    void objectsAreNamedAndLabelledOnce(String values) {
        List<JsonNode> documents = Chart.render("mesh", values);
        assertThat(documents).extracting(document -> document.at("/kind").asString() + " " + document.at("/metadata/name").asString())
                .doesNotHaveDuplicates();
        assertThat(documents).allSatisfy(document -> {
            assertThat(document.at("/metadata/labels/app").asString()).isEqualTo("sidecar-injector");
            boolean cluster = Set.of("ClusterRole", "ClusterRoleBinding", "MutatingWebhookConfiguration")
                    .contains(document.at("/kind").asString());
            assertThat(document.at("/metadata/namespace").asString("")).isEqualTo(cluster ? "" : "mesh");
        });
    }

    @Test
    void twoRevisionsShareNoObject() {
        List<String> one = names(Chart.render("istio-system", ""));
        assertThat(one).doesNotContainAnyElementsOf(names(Chart.render("istio-system", "{revision: v2, revisionTags: [prod]}")));
        assertThat(one).contains("Deployment sidecar-injector", "ConfigMap istio", "ConfigMap istio-sidecar-injector",
                "MutatingWebhookConfiguration istio-sidecar-injector");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sidecarInjectorWebhook: {failurePolicy: Maybe}", "sidecarInjectorWebhook: {timeoutSeconds: 31}",
            "sidecarInjectorWebhook: {timeoutSeconds: 0}", "sidecarInjectorWebhook: {reinvocationPolicy: Always}",
            "sidecarInjectorWebhook: {matchConditions: [{name: x}]}", "revision: Not_A_Name", "revisionTags: prod",
            "revisionTags: [a, a]", "replicaCount: 0", "autoscaleMin: 9", "certificates: {source: openssl}",
            "certificates: {source: secret}",
            "certificates: {sorce: secret}", "configuration: {source: etcd}", "{revision: v2, revisionTags: [v2]}", "debugPort: 65536",
            "logLevel: loud", "image: {repository: ''}", "deadline: soon", "istiodRemote: {injectionPath: /validate}",
            "istiodRemote: {injectionURL: 'http://plain.example.com'}", "global: {imagePullPolicy: Sometimes}",
            "global: {proxy: {autoInject: 'true'}}"})
    void valuesThatCannotBeMeantAreRefused(String values) {
        assertThatThrownBy(() -> Chart.text("istio-system", values)).isInstanceOf(IllegalStateException.class)
                .hasMessageMatching("(?s).*(schema|revisionTags|autoscaleMin|secretName).*");
    }

    @Test
    void aValuesFileOfTheReferenceChartIsTaken() {
        String values = "{profile: default, telemetry: {enabled: true}, global: {hub: example.com/mesh, tag: 1.2.3, proxy: {autoInject: disabled, privileged: true, startupProbe: {enabled: false}}, "
                + "proxy_init: {image: example.com/init:1}, caAddress: ca.example.com}, meshConfig: {accessLogFile: /dev/stdout, defaultConfig: {holdApplicationUntilProxyStarts: true}}, "
                + "pilot: {cni: {enabled: true}}, sidecarInjectorWebhook: {rewriteAppHTTPProbe: false, templates: {mine: 'spec: {}'}, neverInjectSelector: [{matchLabels: {a: b}}]}}";
        List<JsonNode> documents = Chart.render("istio-system", values);
        JsonNode data = Chart.named(documents, "ConfigMap", "istio-sidecar-injector").at("/data");
        JsonNode effective = Chart.yaml(data.at("/values").asString());
        assertThat(effective.at("/global/hub").asString()).isEqualTo("example.com/mesh");
        assertThat(effective.at("/global/proxy/privileged").asBoolean()).isTrue();
        assertThat(effective.at("/global/proxy/startupProbe/enabled").asBoolean()).as("false replaces true").isFalse();
        assertThat(effective.at("/global/proxy/startupProbe/failureThreshold").asInt()).isEqualTo(600);
        assertThat(effective.at("/global/proxy_init/image").asString()).isEqualTo("example.com/init:1");
        assertThat(effective.at("/pilot/cni").toString()).isEqualTo("{\"enabled\":true,\"provider\":\"default\"}");
        assertThat(effective.at("/sidecarInjectorWebhook/rewriteAppHTTPProbe").asBoolean()).isFalse();
        JsonNode config = Chart.yaml(data.at("/config").asString());
        assertThat(config.at("/policy").asString()).isEqualTo("disabled");
        assertThat(config.at("/templates/mine").asString()).isEqualTo("spec: {}");
        assertThat(config.at("/neverInjectSelector/0/matchLabels/a").asString()).isEqualTo("b");
        JsonNode mesh = Chart.yaml(Chart.named(documents, "ConfigMap", "istio").at("/data/mesh").asString());
        assertThat(mesh.at("/accessLogFile").asString()).isEqualTo("/dev/stdout");
        assertThat(mesh.at("/defaultConfig/discoveryAddress").asString()).isEqualTo("istiod.istio-system.svc:15012");
        assertThat(mesh.at("/defaultConfig/holdApplicationUntilProxyStarts").asBoolean()).isTrue();
    }

    @Test
    void whatShipsIsRenderedUnchanged() {
        List<JsonNode> documents = Chart.render("istio-system", "");
        JsonNode data = Chart.named(documents, "ConfigMap", "istio-sidecar-injector").at("/data");
        JsonNode config = Chart.yaml(data.at("/config").asString());
        assertThat(config).isEqualTo(Chart.yaml(ShippedTemplates.config()));
        for (String name : ShippedTemplates.NAMES) {
            assertThat(config.at("/templates/" + name).asString()).isEqualTo(ShippedTemplates.template(name));
        }
        JsonNode shipped = Chart.yaml(ShippedTemplates.values());
        JsonNode rendered = Chart.yaml(data.at("/values").asString());
        Map<String, JsonNode> leaves = leaves(rendered);
        assertThat(leaves(shipped)).allSatisfy((path, value) -> assertThat(leaves).as("%s", path).containsEntry(path, value));
        JsonNode mesh = Chart.yaml(Chart.named(documents, "ConfigMap", "istio").at("/data/mesh").asString());
        assertThat(mesh).isEqualTo(Chart.yaml(ShippedTemplates.mesh()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            rev.namespace. | istio.io/rev In [default], istio-injection DoesNotExist | sidecar.istio.io/inject NotIn [false]
            rev.object.    | istio.io/rev DoesNotExist, istio-injection DoesNotExist | sidecar.istio.io/inject NotIn [false], istio.io/rev In [default]
            namespace.     | istio-injection In [enabled]                            | sidecar.istio.io/inject NotIn [false]
            object.        | istio-injection DoesNotExist, istio.io/rev DoesNotExist | sidecar.istio.io/inject In [true], istio.io/rev DoesNotExist
            auto.          | istio-injection DoesNotExist, istio.io/rev DoesNotExist | sidecar.istio.io/inject DoesNotExist, istio.io/rev DoesNotExist
            """)
    void entriesMatchAsThoseOfTheReferenceChart(String prefix, String namespace, String pod) {
        JsonNode entry = entry(Chart.render("istio-system", "sidecarInjectorWebhook: {enableNamespacesByDefault: true}"),
                "istio-sidecar-injector", prefix);
        String excluded = "kubernetes.io/metadata.name NotIn [kube-system, kube-public, kube-node-lease, local-path-storage]";
        assertThat(selector(entry.at("/namespaceSelector"))).isEqualTo(namespace + ", " + excluded);
        assertThat(selector(entry.at("/objectSelector"))).isEqualTo(pod);
        assertThat(entry.at("/failurePolicy").asString()).isEqualTo("Fail");
        assertThat(entry.at("/sideEffects").asString()).isEqualTo("None");
        assertThat(entry.at("/reinvocationPolicy").asString()).isEqualTo("Never");
        assertThat(entry.at("/rules/0").toString()).isEqualTo(
                "{\"apiGroups\":[\"\"],\"apiVersions\":[\"v1\"],\"operations\":[\"CREATE\"],\"resources\":[\"pods\"],\"scope\":\"Namespaced\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            istio-system | {}                                            | istio-sidecar-injector=rev.namespace. rev.object. namespace. object.
            mesh         | {}                                            | istio-sidecar-injector-mesh=rev.namespace. rev.object. namespace. object.
            istio-system | {revision: default}                           | istio-sidecar-injector=rev.namespace. rev.object. namespace. object.
            istio-system | {revision: v2}                                | istio-sidecar-injector-v2=rev.namespace. rev.object.
            istio-system | {revision: v2, revisionTags: [prod]}          | istio-revision-tag-prod=rev.namespace. rev.object.; istio-sidecar-injector-v2=rev.namespace. rev.object.
            istio-system | {revision: v2, revisionTags: [default]}       | istio-revision-tag-default=rev.namespace. rev.object. namespace. object.; istio-sidecar-injector-v2=rev.namespace. rev.object.
            istio-system | {global: {operatorManageWebhooks: true}}      | ''
            """)
    void whichObjectHasWhichEntries(String namespace, String values, String expected) {
        Map<String, String> seen = new TreeMap<>();
        for (JsonNode document : Chart.render(namespace, values)) {
            if (document.at("/kind").asString().equals("MutatingWebhookConfiguration")) {
                seen.put(document.at("/metadata/name").asString(), String.join(" ", stream(document.at("/webhooks"))
                        .map(entry -> entry.at("/name").asString().replace("sidecar-injector.istio.io", "")).toList()));
            }
        }
        assertThat(String.join("; ", seen.entrySet().stream().map(Map.Entry::toString).toList())).isEqualTo(expected);
    }

    @Test
    void theProgramKeepsWhatHelmApplied() {
        for (String values : COMBINATIONS) {
            List<JsonNode> documents = Chart.render("istio-system", values);
            Map<String, JsonNode> applied = new TreeMap<>();
            Map<String, JsonNode> kept = new TreeMap<>();
            for (JsonNode document : documents) {
                if (document.at("/kind").asString().equals("MutatingWebhookConfiguration")) {
                    applied.put(document.at("/metadata/name").asString(), document);
                }
                if (document.at("/metadata/name").asString().endsWith("-registration")) {
                    document.at("/data").properties()
                            .forEach(file -> kept.put(file.getKey().replace(".yaml", ""), Chart.yaml(file.getValue().asString())));
                }
            }
            boolean keeps = !values.contains("keep: false") && !values.contains("operatorManageWebhooks: true");
            assertThat(kept).as(values).isEqualTo(keeps ? applied : Map.of());
        }
    }

    @Test
    void theWebhookNeverStandsInItsOwnWay() {
        for (String values : COMBINATIONS) {
            List<JsonNode> documents = Chart.render("mesh", values);
            JsonNode labels = documents.stream().filter(document -> document.at("/kind").asString().equals("Deployment")).findFirst()
                    .orElseThrow().at("/spec/template/metadata/labels");
            assertThat(labels.at("/sidecar.istio.io~1inject").asString()).isEqualTo("false");
            for (JsonNode document : documents) {
                for (JsonNode entry : document.at("/webhooks")) {
                    assertThat(selector(entry.at("/objectSelector")))
                            .matches(".*sidecar.istio.io/inject (NotIn \\[false\\]|In \\[true\\]|DoesNotExist).*");
                    Set<String> excluded = new TreeSet<>();
                    for (JsonNode expression : entry.at("/namespaceSelector/matchExpressions")) {
                        if (expression.at("/key").asString().equals("kubernetes.io/metadata.name")
                                && expression.at("/operator").asString().equals("NotIn")) {
                            stream(expression.at("/values")).map(JsonNode::asString).forEach(excluded::add);
                        }
                    }
                    assertThat(excluded).containsAll(SYSTEM);
                    assertThat(excluded.contains("mesh")).as("control plane elsewhere: the whole namespace is excluded")
                            .isEqualTo(!values.contains("istioNamespace: mesh"));
                }
            }
        }
    }

    @Test
    void thePodHasNoRightsThatItDoesNotNeed() {
        JsonNode pod = Chart.named(Chart.render("istio-system", ""), "Deployment", "sidecar-injector").at("/spec/template/spec");
        JsonNode container = pod.at("/containers/0/securityContext");
        assertThat(container.toString()).isEqualTo(
                "{\"allowPrivilegeEscalation\":false,\"readOnlyRootFilesystem\":true,\"runAsNonRoot\":true,\"capabilities\":{\"drop\":[\"ALL\"]},\"seccompProfile\":{\"type\":\"RuntimeDefault\"}}");
        assertThat(pod.at("/securityContext/runAsUser").asInt()).isPositive();
        assertThat(pod.at("/containers/0/readinessProbe/httpGet/path").asString()).isEqualTo("/healthz/ready");
        assertThat(pod.at("/containers/0/livenessProbe/httpGet/path").asString()).isEqualTo("/healthz/live");
    }

    @ParameterizedTest
    @FieldSource("COMBINATIONS")
    void rightsOnNamedObjectsAreLimitedToThem(String values) {
        for (JsonNode document : Chart.render("istio-system", values)) {
            for (JsonNode rule : document.at("/rules")) {
                List<String> verbs = stream(rule.at("/verbs")).map(JsonNode::asString).toList();
                List<String> resources = stream(rule.at("/resources")).map(JsonNode::asString).toList();
                assertThat(verbs).doesNotContain("*", "delete", "deletecollection", "escalate", "bind", "impersonate");
                assertThat(resources).doesNotContain("*");
                boolean reads = resources.contains("secrets") || resources.contains("configmaps");
                boolean writes = verbs.contains("update") || verbs.contains("patch");
                if (rule.at("/resourceNames").isEmpty() && !resources.equals(List.of("events"))) {
                    assertThat(writes).as("%s", rule).isFalse();
                    assertThat(reads && !verbs.equals(List.of("create"))).as("%s", rule).isFalse();
                }
            }
        }
    }

    @Test
    void everyRightHasItsReason() {
        List<String> lines = Chart.text("istio-system", "").lines().toList();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).startsWith("- apiGroups:")) {
                assertThat(lines.get(i - 1)).as(lines.get(i) + lines.get(i + 1)).startsWith("# ");
            }
        }
    }

    @Test
    void moreNamespacesCanBeExcludedButNoneOfTheSystemIncluded() {
        JsonNode entry = entry(Chart.render("istio-system", "sidecarInjectorWebhook: {excludedNamespaces: [storage, kube-system]}"),
                "istio-sidecar-injector", "namespace.");
        assertThat(selector(entry.at("/namespaceSelector"))).isEqualTo("istio-injection In [enabled], kubernetes.io/metadata.name "
                + "NotIn [kube-system, kube-public, kube-node-lease, local-path-storage, storage]");
    }

    private static JsonNode entry(List<JsonNode> documents, String name, String prefix) {
        return stream(Chart.named(documents, "MutatingWebhookConfiguration", name).at("/webhooks"))
                .filter(entry -> entry.at("/name").asString().equals(prefix + "sidecar-injector.istio.io")).findFirst().orElseThrow();
    }

    private static String selector(JsonNode selector) {
        assertThat(selector.size()).isEqualTo(1);
        return String.join(", ", stream(selector.at("/matchExpressions")).map(expression -> {
            String values = expression.has("values")
                    ? " [" + String.join(", ", stream(expression.at("/values")).map(JsonNode::asString).toList()) + "]"
                    : "";
            return expression.at("/key").asString() + " " + expression.at("/operator").asString() + values;
        }).toList());
    }

    private static List<String> names(List<JsonNode> documents) {
        return documents.stream().map(document -> document.at("/kind").asString() + " " + document.at("/metadata/name").asString())
                .toList();
    }

    private static Stream<JsonNode> stream(JsonNode array) {
        return array.valueStream();
    }

    private static Map<String, JsonNode> leaves(JsonNode tree) {
        Map<String, JsonNode> leaves = new HashMap<>();
        collect("", tree, leaves);
        return leaves;
    }

    private static void collect(String path, JsonNode tree, Map<String, JsonNode> leaves) {
        if (tree.isObject() && !tree.isEmpty()) {
            tree.properties().forEach(field -> collect(path + "/" + field.getKey(), field.getValue(), leaves));
        } else {
            leaves.put(path, tree);
        }
    }
}
