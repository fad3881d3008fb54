package dev.sidecarinjector.webhook.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.yaml.YamlReader;
import dev.sidecarinjector.webhook.certificate.ServingCertificate;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The same on a real API server: whether it treats an apply, a version and a watch as we think. */
class KeeperOnApiServerTest extends KeeperScenarios {
    private static final String KUBECONFIG = "SIDECAR_INJECTOR_TEST_KUBECONFIG";

    @Override
    KubernetesClient connect() {
        String file = System.getenv(KUBECONFIG);
        Assumptions.assumeTrue(file != null, "not run: " + KUBECONFIG
                + " names no kubeconfig of an API server on which tests may make MutatingWebhookConfigurations (they match no pods)");
        return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(null, new File(file))).build();
    }

    @Test
    void whoAppliesTheObjectCanDropAnEntryWhoseAuthoritiesWeSet() {
        String both = WantedRegistrationTest.good("gitops-" + System.nanoTime());
        JsonNode tree = YamlReader.read(both);
        String name = tree.at("/metadata/name").asString();
        ObjectNode second = tree.at("/webhooks/0").deepCopy().asObject();
        second.put("name", "object.sidecar-injector.istio.io");
        ObjectNode two = tree.deepCopy().asObject();
        ((ArrayNode) two.path("webhooks")).add(second);
        apply(two);
        RegistrationApi api = new RegistrationApi(client, "default");
        try {
            api.setBundles(api.get(name), ServingCertificate.selfMade().authority());
            apply(tree.asObject());
            assertThat(api.get(name).tree().path("webhooks")).hasSize(1);
            assertThat(api.get(name).bundles().getFirst().isEmpty()).as("and its own apply leaves ours").isFalse();
        } finally {
            client.genericKubernetesResources(Registration.API, Registration.KIND).withName(name).delete();
        }
    }

    private void apply(ObjectNode tree) {
        client.genericKubernetesResources(Registration.API, Registration.KIND)
                .resource(client.getKubernetesSerialization().convertValue(tree, GenericKubernetesResource.class)).fieldManager("gitops")
                .serverSideApply();
    }
}
