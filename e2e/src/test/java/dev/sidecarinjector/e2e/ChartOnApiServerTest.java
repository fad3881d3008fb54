package dev.sidecarinjector.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.Release;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The API server's own opinion of what the chart renders. */
@OnCluster
class ChartOnApiServerTest {
    static final List<String> COMBINATIONS = ChartTest.COMBINATIONS;
    private static final JsonMapper JSON = new JsonMapper();
    /** Of operators that a cluster may have; this one has not. */
    private static final Set<String> FOREIGN = Set.of("cert-manager.io/v1", "monitoring.coreos.com/v1");
    private static final Map<String, String> PLURALS = Map.of("NetworkPolicy", "networkpolicies", "MutatingWebhookConfiguration",
            "mutatingwebhookconfigurations");

    /** A dry run with strict validation: unknown, misspelt, doubled or mistyped fields are errors. */
    @ParameterizedTest
    @FieldSource("COMBINATIONS")
    void everyObjectIsCreatedUnderStrictValidation(String values, Cluster cluster) {
        int seen = 0;
        for (JsonNode object : Chart.render("default", values)) {
            String version = object.at("/apiVersion").asString();
            if (FOREIGN.contains(version)) {
                continue;
            }
            String kind = object.at("/kind").asString();
            String namespace = object.at("/metadata/namespace").asString("");
            String path = (version.contains("/") ? "/apis/" : "/api/") + version + (namespace.isEmpty() ? "" : "/namespaces/" + namespace)
                    + "/"
                    + PLURALS.getOrDefault(kind, kind.toLowerCase(Locale.ROOT) + "s");
            String answer = cluster.client().raw(path + "?dryRun=All&fieldValidation=Strict", "POST", object);
            assertThat(JSON.readTree(answer).at("/metadata/name").asString()).isEqualTo(object.at("/metadata/name").asString());
            seen++;
        }
        assertThat(seen).isGreaterThan(7);
    }

    @Test
    void strictValidationFindsAMisspeltField(Cluster cluster) {
        JsonNode service = Chart.named(Chart.render("default", ""), "Service", "sidecar-injector");
        ((ObjectNode) service.at("/spec")).put("selektor", "x");
        assertThatThrownBy(
                () -> cluster.client().raw("/api/v1/namespaces/default/services?dryRun=All&fieldValidation=Strict", "POST", service))
                .hasMessageContaining("selektor");
    }

    @Test
    void helmInstallsAndUninstallsAndTellsTheNextCommand(Cluster cluster) {
        KubernetesClient client = cluster.client();
        Path values = Chart.valuesFile("{revision: helm, replicaCount: 1, autoscaleEnabled: false}");
        try {
            Release release = new Helm(Chart.FOLDER).install().withName("injector-helm").withNamespace("helm-install").createNamespace()
                    .withValuesFile(values).withKubeConfigContents(cluster.kubeconfig()).call();
            assertThat(release.getStatus()).isEqualTo("deployed");
            assertThat(release.getOutput()).contains("kubectl -n helm-install rollout status deployment/sidecar-injector-helm",
                    "kubectl label namespace NAMESPACE istio.io/rev=helm");
            assertThat(client.apps().deployments().inNamespace("helm-install").withName("sidecar-injector-helm").get()).isNotNull();
            assertThat(client.admissionRegistration().v1().mutatingWebhookConfigurations()
                    .withName("istio-sidecar-injector-helm-helm-install").get()).isNotNull();
        } finally {
            Helm.uninstall("injector-helm").withNamespace("helm-install").withKubeConfigContents(cluster.kubeconfig()).call();
            client.namespaces().withName("helm-install").delete();
            values.toFile().delete();
        }
        assertThat(client.admissionRegistration().v1().mutatingWebhookConfigurations().withName("istio-sidecar-injector-helm-helm-install")
                .get())
                .isNull();
    }
}
