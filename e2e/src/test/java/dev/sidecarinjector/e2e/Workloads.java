package dev.sidecarinjector.e2e;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A namespace of a test, and pods in it that are admitted and, unless a test wants them to run, go nowhere. */
final class Workloads implements AutoCloseable {
    private static final Map<String, String> NOWHERE = Map.of("sidecar-injector.dev/e2e", "nowhere");

    private final KubernetesClient client;
    private final String namespace;

    private Workloads(KubernetesClient client, String namespace) {
        this.client = client;
        this.namespace = namespace;
    }

    static Workloads in(Cluster cluster, String namespace, Map<String, String> labels) throws InterruptedException {
        KubernetesClient client = cluster.client();
        client.resource(new NamespaceBuilder().withNewMetadata().withName(namespace).withLabels(labels).endMetadata().build()).create();
        Eventually.is(Duration.ofSeconds(30), "namespace " + namespace + " has its service account",
                () -> client.serviceAccounts().inNamespace(namespace).withName("default").get() != null);
        return new Workloads(client, namespace);
    }

    String namespace() {
        return namespace;
    }

    /** A pod of one container, scheduled nowhere. */
    PodBuilder pod(String name, Map<String, String> labels) {
        return pod(namespace, name, labels);
    }

    static PodBuilder pod(String namespace, String name, Map<String, String> labels) {
        return new PodBuilder().withNewMetadata().withName(name).withNamespace(namespace).withLabels(labels).endMetadata().withNewSpec()
                .withNodeSelector(NOWHERE).withTerminationGracePeriodSeconds(0L).addNewContainer().withName("app")
                .withImage(Cluster.APPLICATION_IMAGE).endContainer().endSpec();
    }

    /** As the API server stored it. */
    Pod create(String name, Map<String, String> labels) {
        return client.resource(pod(name, labels).build()).create();
    }

    static boolean isInjected(Pod pod) {
        return containers(pod).contains("istio-proxy");
    }

    /** The sidecar, wherever it stands. */
    static Container proxy(Pod pod) {
        return all(pod).filter(container -> container.getName().equals("istio-proxy")).findFirst().orElseThrow();
    }

    /** Names of init containers and containers; one that stands there twice, twice. */
    static List<String> containers(Pod pod) {
        return all(pod).map(Container::getName).toList();
    }

    private static Stream<Container> all(Pod pod) {
        return Stream.concat(pod.getSpec().getInitContainers().stream(), pod.getSpec().getContainers().stream());
    }

    @Override
    public void close() {
        client.pods().inNamespace(namespace).withGracePeriod(0).delete();
        client.namespaces().withName(namespace).delete();
    }
}
