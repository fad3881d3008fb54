package dev.sidecarinjector.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentCondition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What users see while no webhook runs, and after it is back. */
@OnCluster
class AbsenceTest {
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    @Test
    void withFailPodsAreRefusedWithTheReasonAndComeByThemselvesLater(Cluster cluster) throws Exception {
        KubernetesClient client = cluster.client();
        try (Installation installation = Installation.of(cluster, "");
                Workloads pods = Workloads.in(cluster, "absence-fail", Map.of("istio-injection", "enabled"))) {
            installation.scale(0);
            assertThatThrownBy(() -> pods.create("refused", Map.of())).isInstanceOf(KubernetesClientException.class)
                    .hasMessageContaining("failed calling webhook \"namespace.sidecar-injector.istio.io\"")
                    .hasMessageContaining("no endpoints available for service \"sidecar-injector\"");
            assertThat(Workloads.isInjected(pods.create("opted-out", Map.of("sidecar.istio.io/inject", "false")))).isFalse();

            client.resource(new DeploymentBuilder().withNewMetadata().withName("web").withNamespace(pods.namespace()).endMetadata()
                    .withNewSpec().withReplicas(1).withNewSelector().addToMatchLabels("app", "web").endSelector().withNewTemplate()
                    .withNewMetadata().addToLabels("app", "web").endMetadata()
                    .withSpec(pods.pod("unused", Map.of()).build().getSpec()).endTemplate().endSpec().build()).create();
            DeploymentCondition failure = Eventually.get(PATIENCE, "the Deployment tells the reason",
                    () -> client.apps().deployments().inNamespace(pods.namespace()).withName("web").get().getStatus().getConditions()
                            .stream()
                            .filter(condition -> condition.getType().equals("ReplicaFailure")).findFirst().orElse(null),
                    condition -> condition != null);
            assertThat(failure.getMessage()).contains("failed calling webhook \"namespace.sidecar-injector.istio.io\"");

            installation.scale(1);
            Eventually.is(PATIENCE, "the Deployment's pod comes, with a sidecar",
                    () -> client.pods().inNamespace(pods.namespace()).withLabel("app", "web").list().getItems().stream()
                            .anyMatch(Workloads::isInjected));
        }
    }

    @Test
    void withIgnorePodsStartWithoutASidecar(Cluster cluster) throws Exception {
        try (Installation installation = Installation.of(cluster, "sidecarInjectorWebhook: {failurePolicy: Ignore}");
                Workloads pods = Workloads.in(cluster, "absence-ignore", Map.of("istio-injection", "enabled"))) {
            installation.scale(0);
            assertThat(Workloads.isInjected(pods.create("while-absent", Map.of()))).isFalse();
            installation.scale(1);
            Eventually.is(PATIENCE, "pods get their sidecar again",
                    () -> Workloads.isInjected(cluster.client().resource(pods.pod("afterwards", Map.of()).build()).dryRun().create()));
        }
    }
}
