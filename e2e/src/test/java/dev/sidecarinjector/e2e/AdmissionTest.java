package dev.sidecarinjector.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Which pods the API server sends to the webhook, and what becomes of them. Two revisions are installed, the default one and one with a tag. */
@OnCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdmissionTest {
    private static final Map<String, String> NONE = Map.of();

    private final KubernetesClient client;
    private final Cluster cluster;
    private final List<Installation> installations = new ArrayList<>();

    AdmissionTest(Cluster cluster) {
        this.cluster = cluster;
        this.client = cluster.client();
    }

    @BeforeAll
    void install() throws InterruptedException {
        installations.add(Installation.of(cluster, ""));
        installations.add(Installation.of(cluster, "{revision: canary, revisionTags: [next]}"));
    }

    @AfterAll
    void uninstall() {
        installations.forEach(Installation::close);
    }

    @Test
    void aLabelledNamespaceIsInjectedByTheDefaultRevision() throws InterruptedException {
        try (Workloads pods = Workloads.in(cluster, "labelled", Map.of("istio-injection", "enabled"))) {
            Pod pod = pods.create("plain", NONE);
            assertThat(Workloads.containers(pod)).containsExactlyInAnyOrder("istio-init", "istio-proxy", "app");
            assertThat(pod.getMetadata().getAnnotations()).containsEntry("istio.io/rev", "default").containsKey("sidecar.istio.io/status");
            assertThat(Workloads.isInjected(pods.create("wanted", Map.of("sidecar.istio.io/inject", "true")))).isTrue();
        }
    }

    @Test
    void aPodOptsOut() throws InterruptedException {
        try (Workloads pods = Workloads.in(cluster, "opt-out", Map.of("istio-injection", "enabled"))) {
            assertThat(Workloads.isInjected(pods.create("by-label", Map.of("sidecar.istio.io/inject", "false")))).isFalse();
            Pod annotated = client.resource(pods.pod("by-annotation", NONE).editMetadata()
                    .withAnnotations(Map.of("sidecar.istio.io/inject", "false")).endMetadata().build()).create();
            assertThat(Workloads.isInjected(annotated)).isFalse();
        }
    }

    @Test
    void aNamespaceChoosesARevisionOrItsTag() throws InterruptedException {
        for (String word : List.of("canary", "next")) {
            try (Workloads pods = Workloads.in(cluster, "namespace-" + word, Map.of("istio.io/rev", word))) {
                Pod pod = pods.create("plain", NONE);
                assertThat(Workloads.isInjected(pod)).isTrue();
                assertThat(pod.getMetadata().getAnnotations()).containsEntry("istio.io/rev", "canary");
            }
        }
    }

    @Test
    void aPodChoosesARevisionOrItsTag() throws InterruptedException {
        try (Workloads pods = Workloads.in(cluster, "unlabelled", NONE)) {
            assertThat(Workloads.isInjected(pods.create("plain", NONE))).isFalse();
            assertThat(pods.create("default", Map.of("sidecar.istio.io/inject", "true")).getMetadata().getAnnotations())
                    .containsEntry("istio.io/rev", "default");
            for (String word : List.of("canary", "next")) {
                assertThat(pods.create(word, Map.of("istio.io/rev", word)).getMetadata().getAnnotations()).containsEntry("istio.io/rev",
                        "canary");
            }
            assertThat(Workloads.isInjected(pods.create("unknown", Map.of("istio.io/rev", "gone")))).isFalse();
        }
    }

    @Test
    void aDisabledNamespaceIsLeftAlone() throws InterruptedException {
        try (Workloads pods = Workloads.in(cluster, "disabled", Map.of("istio-injection", "disabled"))) {
            assertThat(Workloads.isInjected(pods.create("wanted", Map.of("sidecar.istio.io/inject", "true")))).isFalse();
        }
    }

    @Test
    void systemNamespacesAreNeverAskedAbout() {
        Pod pod = Workloads.pod("kube-system", "e2e-wanted", Map.of("sidecar.istio.io/inject", "true")).build();
        assertThat(Workloads.isInjected(client.resource(pod).dryRun().create())).isFalse();
    }

    @Test
    void aDryRunShowsTheSidecarAndKeepsNothing() throws InterruptedException {
        try (Workloads pods = Workloads.in(cluster, "dry-run", Map.of("istio-injection", "enabled"))) {
            Pod shown = client.resource(pods.pod("dry", NONE).build()).dryRun().create();
            assertThat(Workloads.isInjected(shown)).isTrue();
            assertThat(client.pods().inNamespace("dry-run").list().getItems()).isEmpty();
        }
    }

    @Test
    void aDeploymentGetsPodsWithSidecars() throws InterruptedException {
        try (Workloads pods = Workloads.in(cluster, "deployment", Map.of("istio-injection", "enabled"))) {
            Pod template = pods.pod("unused", Map.of("app", "web")).build();
            client.resource(new DeploymentBuilder().withNewMetadata().withName("web").withNamespace("deployment").endMetadata()
                    .withNewSpec()
                    .withReplicas(2).withNewSelector().addToMatchLabels("app", "web").endSelector().withNewTemplate().withNewMetadata()
                    .addToLabels("app", "web").endMetadata()
                    .withSpec(template.getSpec().edit().withTerminationGracePeriodSeconds(null).build()).endTemplate().endSpec().build())
                    .create();
            List<Pod> made = Eventually.get(Duration.ofSeconds(30), "two pods of the Deployment",
                    () -> client.pods().inNamespace("deployment").list().getItems(), list -> list.size() == 2);
            assertThat(made).allSatisfy(pod -> {
                assertThat(Workloads.containers(pod)).containsExactlyInAnyOrder("istio-init", "istio-proxy", "app");
                assertThat(Workloads.proxy(pod).getEnv().stream().filter(env -> env.getName().equals("ISTIO_META_WORKLOAD_NAME")))
                        .singleElement().satisfies(env -> assertThat(env.getValue()).as("not the ReplicaSet's name").isEqualTo("web"));
            });
        }
    }
}
