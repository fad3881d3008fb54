package dev.sidecarinjector.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The registration is kept as the chart has it. */
@OnCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RegistrationTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private Installation installation;

    @BeforeAll
    void install(Cluster cluster) throws InterruptedException {
        installation = Installation.of(cluster, "");
    }

    @AfterAll
    void uninstall() {
        if (installation != null) {
            installation.close();
        }
    }

    @Test
    void whatSomebodyEditsOrDeletesIsPutBack(Cluster cluster) throws Exception {
        KubernetesClient client = cluster.client();
        try (Workloads pods = Workloads.in(cluster, "registration", Map.of("istio-injection", "enabled"))) {
            Resource<MutatingWebhookConfiguration> registration = client.admissionRegistration().v1().mutatingWebhookConfigurations()
                    .withName("istio-sidecar-injector");
            MutatingWebhookConfiguration wanted = registration.get();

            registration.edit(seen -> {
                seen.getWebhooks().forEach(entry -> {
                    entry.setFailurePolicy("Ignore");
                    entry.setTimeoutSeconds(1);
                    entry.getNamespaceSelector().setMatchExpressions(List.of());
                    entry.getClientConfig().setCaBundle("Zm9yZ2Vk");
                });
                return seen;
            });
            Eventually.is(LIMIT, "edits are undone", () -> registration.get().getWebhooks().equals(wanted.getWebhooks()));
            assertThat(Workloads.isInjected(pods.create("after-edit", Map.of()))).isTrue();

            registration.delete();
            Eventually.is(LIMIT, "a deleted one is made again",
                    () -> registration.get() != null && registration.get().getWebhooks().equals(wanted.getWebhooks()));
            assertThat(registration.get().getMetadata().getOwnerReferences()).singleElement()
                    .satisfies(owner -> assertThat(owner.getKind()).isEqualTo("ClusterRole"));
            assertThat(Workloads.isInjected(pods.create("after-deletion", Map.of()))).isTrue();
        }
    }

    @Test
    void whatOthersAddIsLeftAlone(Cluster cluster) throws Exception {
        KubernetesClient client = cluster.client();
        Resource<MutatingWebhookConfiguration> registration = client.admissionRegistration().v1().mutatingWebhookConfigurations()
                .withName("istio-sidecar-injector");
        registration.edit(seen -> {
            seen.getMetadata().getLabels().put("somebody", "else");
            seen.getWebhooks().getFirst().setFailurePolicy("Ignore");
            return seen;
        });
        Eventually.is(LIMIT, "the edit is undone", () -> registration.get().getWebhooks().getFirst().getFailurePolicy().equals("Fail"));
        assertThat(registration.get().getMetadata().getLabels()).containsEntry("somebody", "else");
        String version = registration.get().getMetadata().getResourceVersion();
        installation.deployment().rolling().restart();
        installation.awaitReady();
        assertThat(registration.get().getMetadata().getResourceVersion()).as("nothing is written where nothing is wrong")
                .isEqualTo(version);
    }
}
