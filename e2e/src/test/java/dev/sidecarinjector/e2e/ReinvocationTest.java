package dev.sidecarinjector.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Another mutating webhook at work on the same pods. The API server calls them in the order of their configurations' names. */
@OnCluster
class ReinvocationTest {
    /** The other one adds a container with a port; ours writes all ports of the application into the proxy's environment. */
    @ParameterizedTest
    @CsvSource({"IfNeeded, true, true", "Never, true, false"})
    void theSidecarKnowsWhatTheOtherWebhookAdded(String policy, boolean knownBefore, boolean knownAfter, Cluster cluster) throws Exception {
        try (Installation _ = Installation.of(cluster, "sidecarInjectorWebhook: {reinvocationPolicy: " + policy + "}")) {
            assertThatBothAreAtWork(cluster, "a-before-ours", knownBefore);
            assertThatBothAreAtWork(cluster, "z-after-ours", knownAfter);
        }
    }

    private static void assertThatBothAreAtWork(Cluster cluster, String name, boolean known) throws Exception {
        try (Workloads pods = Workloads.in(cluster, "reinvocation-" + name, Map.of("istio-injection", "enabled"));
                OtherWebhookInstallation _ = OtherWebhookInstallation.of(cluster, name)) {
            Pod pod = pods.create("both", Map.of());
            assertThat(Workloads.containers(pod)).as(name).containsExactlyInAnyOrder("istio-init", "istio-proxy", "app", "helper");
            assertThat(ports(Workloads.proxy(pod))).as(name)
                    .isEqualTo(known ? "[{\"name\":\"metrics\",\"containerPort\":9102,\"protocol\":\"TCP\"}]" : "[]");
            List<String> volumes = pod.getSpec().getVolumes().stream().map(volume -> volume.getName()).toList();
            assertThat(volumes).as(name).doesNotHaveDuplicates();
        }
    }

    private static String ports(Container proxy) {
        return proxy.getEnv().stream().filter(variable -> variable.getName().equals("ISTIO_META_POD_PORTS"))
                .map(variable -> variable.getValue().replaceAll("\\s", "")).findFirst().orElseThrow();
    }
}
