package dev.sidecarinjector.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What users of kubectl see when the webhook has no time for their pod (ADR 9). */
@OnCluster
class OverloadAnswersTest {
    private static final String FAILED = "Error from server (InternalError): error when creating \"%s\": Internal error occurred: failed calling"
            + " webhook \"namespace.sidecar-injector.istio.io\": failed to call webhook: ";

    @TempDir
    Path folder;

    /** Long reviews are computed one at a time, and given up when their time is over; with a millisecond, at once. */
    @Test
    void aReviewThatGetsNoTurnIsRefusedWithOurWordsOrAdmittedAsThePolicySays(Cluster cluster) throws Exception {
        assumeTrue(cluster.isOurs(), "kubectl is that of the cluster of one node");
        try (Installation _ = Installation.of(cluster, "deadline: 1ms");
                Installation _ = Installation.of(cluster,
                        "{revision: lenient, deadline: 1ms, sidecarInjectorWebhook: {failurePolicy: Ignore}}");
                Workloads strict = Workloads.in(cluster, "overload-fail", Map.of("istio-injection", "enabled"));
                Workloads lenient = Workloads.in(cluster, "overload-ignore", Map.of("istio.io/rev", "lenient"))) {
            Path refused = file(cluster, longPod(strict));
            Script.Result said = cluster.kubectl("create", "-f", refused.toString());
            // Its time was over while its body came in, or while it waited for its turn.
            assertThat(said.output()).startsWith(FAILED.formatted(refused) + "sidecar-injector: ").containsAnyOf("overloaded: ",
                    "the time for an answer was over");
            assertThat(said.status()).isEqualTo(1);

            assertThat(cluster.kubectl("create", "-f", file(cluster, longPod(lenient)).toString()).output())
                    .isEqualTo("pod/long created\n");
            Pod admitted = cluster.client().pods().inNamespace(lenient.namespace()).withName("long").get();
            assertThat(Workloads.isInjected(admitted)).isFalse();
        }
    }

    /**
     * A full queue takes a thousand clients, so somebody else gives that answer of ours. The API server waits a second after each; when its time is
     * over while it waits, it tells that and not what it was answered.
     */
    @Test
    void whenTheQueueIsFullTheApiServerTriesAgainAsLongAsItHasTime(Cluster cluster) throws Exception {
        assumeTrue(cluster.isOurs(), "kubectl is that of the cluster of one node");
        try (OtherWebhookInstallation other = OtherWebhookInstallation.of(cluster, "overloaded");
                Workloads strict = Workloads.in(cluster, "busy-fail", Map.of("busy-fail", "enabled"));
                Workloads lenient = Workloads.in(cluster, "busy-ignore", Map.of("busy-ignore", "enabled"));
                Workloads patient = Workloads.in(cluster, "busy-twice", Map.of("busy-twice", "enabled"))) {
            other.register("overloaded-fail", OtherWebhook.BUSY_ALWAYS, "Fail", 3, "busy-fail");
            other.register("overloaded-ignore", OtherWebhook.BUSY_ALWAYS, "Ignore", 3, "busy-ignore");
            other.register("overloaded-twice", OtherWebhook.BUSY_TWICE, "Fail", 10, "busy-twice");

            assertThat(cluster.kubectl("create", "-f", file(cluster, patient.pod("web", Map.of()).build()).toString()).output())
                    .as("a short peak").isEqualTo("pod/web created\n");
            assertThat(cluster.kubectl("create", "-f", file(cluster, lenient.pod("web", Map.of()).build()).toString()).output())
                    .isEqualTo("pod/web created\n");
            Path refused = file(cluster, strict.pod("web", Map.of()).build());
            Script.Result said = cluster.kubectl("create", "-f", refused.toString());
            assertThat(said.status()).isEqualTo(1);
            assertThat(said.output()).startsWith(FAILED.formatted(refused) + "Post ")
                    .endsWith("/busy-always?timeout=3s\": context deadline exceeded\n");
        }
    }

    /** More than half a MiB: a long one. */
    private static Pod longPod(Workloads pods) {
        return pods.pod("long", Map.of()).editSpec().editFirstContainer().addNewEnv().withName("LONG").withValue("x".repeat(600_000))
                .endEnv().endContainer().endSpec().build();
    }

    private Path file(Cluster cluster, Pod pod) throws IOException {
        return Files.writeString(folder.resolve(pod.getMetadata().getNamespace() + ".json"),
                cluster.client().getKubernetesSerialization().asJson(pod));
    }
}
