package dev.sidecarinjector.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two replicas, of which each in turn goes away in an orderly way while pods are admitted. */
@OnCluster
class ReplicasTest {
    @Test
    void noAdmissionIsLostWhenReplicasAreExchanged(Cluster cluster) throws Exception {
        KubernetesClient client = cluster.client();
        try (Installation installation = Installation.of(cluster, "replicaCount: 2");
                Workloads pods = Workloads.in(cluster, "replicas", Map.of("istio-injection", "enabled"));
                AdmissionLoad load = AdmissionLoad.on(client, pods, pod -> Workloads.isInjected(pod) ? null : "no sidecar")) {
            List<Pod> first = replicas(client);
            assertThat(first).hasSize(2);
            for (Pod replica : first) {
                int before = load.answers();
                client.pods().resource(replica).delete();
                Eventually.is(Duration.ofMinutes(2), replica.getMetadata().getName() + " is gone",
                        () -> client.pods().resource(replica).get() == null);
                installation.awaitReady();
                assertThat(load.answers()).isGreaterThan(before);
            }
            assertThat(replicas(client)).doesNotContainAnyElementsOf(first);
            load.end();
            assertThat(load.complaints()).isEmpty();
        }
    }

    private static List<Pod> replicas(KubernetesClient client) {
        return client.pods().inNamespace(Installation.NAMESPACE).withLabel("app", "sidecar-injector").list().getItems();
    }
}
