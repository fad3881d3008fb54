package dev.sidecarinjector.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many pods at once. */
@OnCluster
class CrowdTest {
    private static final int PODS = 200;

    @Test
    void twoHundredPodsAtOnceAllGetOneSidecar(Cluster cluster) throws Exception {
        try (Installation _ = Installation.of(cluster, "");
                Workloads pods = Workloads.in(cluster, "crowd", Map.of("istio-injection", "enabled"));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Pod>> made = new ArrayList<>();
            for (int i = 0; i < PODS; i++) {
                String name = "pod-" + i;
                made.add(threads.submit(() -> pods.create(name, Map.of())));
            }
            for (Future<Pod> pod : made) {
                assertThat(Workloads.containers(pod.get())).containsExactlyInAnyOrder("istio-init", "istio-proxy", "app");
            }
        }
    }
}
