package dev.sidecarinjector.webhook.registration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.injection.yaml.YamlReader;
import dev.sidecarinjector.webhook.certificate.Lives;
import dev.sidecarinjector.webhook.certificate.ServingCertificate;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.File;
import java.nio.file.Files;
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

    /** Helm 4 applies on the server's side without force: an owner besides it would make each upgrade fail that changes one of his fields. */
    @Test
    void helmUpgradesWhatItInstalledWithoutAConflictAndEditsArePutBack() throws Exception {
        ObjectNode first = YamlReader.read(wanted("helm")).asObject();
        String name = first.at("/metadata/name").asString();
        Files.writeString(folder.resolve("a.yaml"), first.toString());
        apply(first, "helm", false);
        start(folder, null, Lives.DEFAULT);
        eventually("trusted", () -> !api().get(name).bundles().getFirst().isEmpty());

        // The upgrade, whose file reaches the volume later: what Helm says holds meanwhile.
        ObjectNode second = timeout(first, 12);
        apply(second, "helm", false);
        Thread.sleep(4000);
        assertThat(seconds(name)).isEqualTo(12);
        assertThat(api().get(name).bundles().getFirst().isEmpty()).as("and its apply leaves the authorities").isFalse();
        Files.writeString(folder.resolve("a.yaml"), second.toString());
        Thread.sleep(3000);
        apply(timeout(first, 9), "helm", false);
        assertThat(seconds(name)).isEqualTo(9);
        Files.writeString(folder.resolve("a.yaml"), timeout(first, 9).toString());
        Thread.sleep(3000);

        // Somebody's edit is put back; then the field is ours, an apply of the same value goes through, and one of another needs force.
        client.genericKubernetesResources(Registration.API, Registration.KIND).withName(name).patch(PatchContext.of(PatchType.JSON),
                "[{\"op\":\"replace\",\"path\":\"/webhooks/0/timeoutSeconds\",\"value\":3}]");
        eventually("put back", () -> seconds(name) == 9);
        apply(timeout(first, 9), "helm", false);
        assertThatThrownBy(() -> apply(timeout(first, 11), "helm", false)).hasMessageContaining("conflict");
        apply(timeout(first, 11), "helm", true);
        Thread.sleep(3000);
        assertThat(seconds(name)).isEqualTo(11);
        apply(timeout(first, 12), "helm", false);
        assertThat(api().get(name).bundles().getFirst().isEmpty()).isFalse();
    }

    private static ObjectNode timeout(ObjectNode tree, int seconds) {
        ObjectNode other = tree.deepCopy();
        other.path("webhooks").forEach(webhook -> webhook.asObject().put("timeoutSeconds", seconds));
        return other;
    }

    private int seconds(String name) {
        return api().get(name).tree().at("/webhooks/0/timeoutSeconds").asInt();
    }

    private void apply(ObjectNode tree) {
        apply(tree, "gitops", false);
    }

    private void apply(ObjectNode tree, String manager, boolean force) {
        client.genericKubernetesResources(Registration.API, Registration.KIND)
                .resource(client.getKubernetesSerialization().convertValue(tree, GenericKubernetesResource.class))
                .patch(new PatchContext.Builder().withPatchType(PatchType.SERVER_SIDE_APPLY).withFieldManager(manager).withForce(force)
                        .build());
    }
}
