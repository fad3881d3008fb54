package dev.sidecarinjector.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Restarts of what the webhook depends on, and of everything. */
@OnCluster
class RestartTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Test
    void admissionsGoOnAfterTheApiServerWasRestarted(Cluster cluster) throws Exception {
        assumeTrue(cluster.isOurs(), "the API server of E2E_KUBECONFIG is not restarted");
        KubernetesClient client = cluster.client();
        try (Installation installation = Installation.of(cluster, "");
                Workloads pods = Workloads.in(cluster, "api-server", Map.of("istio-injection", "enabled"))) {
            assertThat(Workloads.isInjected(pods.create("before", Map.of()))).isTrue();
            cluster.restartApiServer();
            Eventually.is(LIMIT, "pods are admitted again",
                    () -> Workloads.isInjected(client.resource(pods.pod("after", Map.of()).build()).dryRun().create()));
            installation.awaitReady();
            assertThat(client.pods().inNamespace(Installation.NAMESPACE).withLabel("app", "sidecar-injector").list().getItems())
                    .allSatisfy(pod -> assertThat(pod.getStatus().getContainerStatuses().getFirst().getRestartCount()).isZero());
        }
    }

    /** All webhook pods are gone, every registration says Fail, even its own namespace asks for sidecars, and the API server starts anew. */
    @Test
    void theWebhookCanAlwaysStart(Cluster cluster) throws Exception {
        KubernetesClient client = cluster.client();
        try (Installation installation = Installation.of(cluster, "sidecarInjectorWebhook: {enableNamespacesByDefault: true}");
                Workloads pods = Workloads.in(cluster, "deadlock", Map.of("istio-injection", "enabled"))) {
            client.namespaces().withName(Installation.NAMESPACE).edit(namespace -> namespace.edit().editMetadata()
                    .addToLabels("istio-injection", "enabled").endMetadata().build());
            try {
                installation.scale(0);
                if (cluster.isOurs()) {
                    cluster.restartApiServer();
                }
                installation.scale(1);
                Eventually.is(LIMIT, "pods are admitted again",
                        () -> Workloads.isInjected(client.resource(pods.pod("after", Map.of()).build()).dryRun().create()));
                assertThat(client.pods().inNamespace(Installation.NAMESPACE).withLabel("app", "sidecar-injector").list().getItems())
                        .singleElement().satisfies(pod -> assertThat(Workloads.isInjected(pod)).isFalse());
            } finally {
                client.namespaces().withName(Installation.NAMESPACE).edit(namespace -> namespace.edit().editMetadata()
                        .removeFromLabels("istio-injection").endMetadata().build());
            }
        }
    }
}
