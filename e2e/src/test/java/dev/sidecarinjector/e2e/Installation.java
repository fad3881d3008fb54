package dev.sidecarinjector.e2e;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.discovery.v1.Endpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.RollableScalableResource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** The webhook in the cluster: every object that the chart renders for some values, until closed. */
final class Installation implements AutoCloseable {
    static final String NAMESPACE = "istio-system";
    private static final Duration START = Duration.ofMinutes(5);
    /** The webhook's image is ours; the proxy is a plain Envoy, which needs no control plane's authority; and the replicas are those that a test wants. */
    private static final String VALUES = """
            image: {repository: %s, tag: %s}
            autoscaleEnabled: false
            replicaCount: 1
            resources: {requests: {cpu: 10m, memory: 64Mi}, limits: {memory: 768Mi}}
            global:
              pilotCertProvider: none
              proxy: {image: %s, resources: {requests: {cpu: 5m, memory: 32Mi}}}
              proxy_init: {image: %s}
            """.formatted(Cluster.WEBHOOK_REPOSITORY, Cluster.TAG, Cluster.PROXY_IMAGE, Cluster.INIT_IMAGE);

    private final KubernetesClient client;
    private final String name;
    private final List<GenericKubernetesResource> objects;

    private Installation(KubernetesClient client, String name, List<GenericKubernetesResource> objects) {
        this.client = client;
        this.name = name;
        this.objects = objects;
    }

    /**
     * Installs and waits until the webhook answers.
     *
     * @param values    YAML over those that all tests share
     * @param arguments of the program beside the chart's
     */
    static Installation of(Cluster cluster, String values, String... arguments) throws InterruptedException {
        KubernetesClient client = cluster.client();
        String revision = Chart.yaml(values.isBlank() ? "{}" : values).at("/revision").asString("");
        String name = "sidecar-injector" + (revision.isEmpty() ? "" : "-" + revision);
        createNamespace(client);
        List<GenericKubernetesResource> objects = new ArrayList<>();
        Installation installation = new Installation(client, name, objects);
        try {
            for (JsonNode document : Chart.render(NAMESPACE, VALUES, values)) {
                add(document, arguments);
                GenericKubernetesResource object = client.getKubernetesSerialization().unmarshal(document.toString(),
                        GenericKubernetesResource.class);
                objects.add(object);
                client.resource(object).fieldManager("helm").forceConflicts().serverSideApply();
            }
            installation.awaitReady();
            return installation;
        } catch (RuntimeException | AssertionError e) {
            System.out.println("the webhook's log: " + installation.log());
            installation.close();
            throw e;
        }
    }

    private static void add(JsonNode document, String... arguments) {
        if (document.at("/kind").asString().equals("Deployment")) {
            ArrayNode all = (ArrayNode) document.at("/spec/template/spec/containers/0/args");
            Stream.of(arguments).forEach(all::add);
        }
    }

    /** A Secret with a certificate from outside. */
    static void givenSecret(KubernetesClient client, String name, Map<String, String> files) {
        createNamespace(client);
        client.resource(
                new SecretBuilder().withNewMetadata().withName(name).withNamespace(NAMESPACE).endMetadata().withStringData(files).build())
                .forceConflicts().serverSideApply();
    }

    String name() {
        return name;
    }

    RollableScalableResource<Deployment> deployment() {
        return client.apps().deployments().inNamespace(NAMESPACE).withName(name);
    }

    /** Until as many replicas as wanted are ready, none is left of an earlier kind, and the API server trusts them. */
    void awaitReady() throws InterruptedException {
        Eventually.is(START, "the webhook " + name + " is ready", () -> {
            var deployment = deployment().get();
            int wanted = deployment.getSpec().getReplicas();
            var status = deployment.getStatus();
            return deployment.getMetadata().getGeneration().equals(status.getObservedGeneration())
                    && wanted == count(status.getReadyReplicas())
                    && wanted == count(status.getReplicas()) && wanted == count(status.getUpdatedReplicas());
        });
        Eventually.is(START, "the API server trusts the webhook " + name, () -> objects.stream()
                .filter(object -> object.getKind().equals("MutatingWebhookConfiguration"))
                .allMatch(object -> client.admissionRegistration().v1().mutatingWebhookConfigurations()
                        .withName(object.getMetadata().getName()).get().getWebhooks().stream()
                        .allMatch(entry -> entry.getClientConfig().getCaBundle() != null
                                && !entry.getClientConfig().getCaBundle().isEmpty())));
    }

    /** Zero for a webhook that cannot be reached; returns when that is so, or when all are ready. */
    void scale(int replicas) throws InterruptedException {
        deployment().scale(replicas);
        awaitReady();
        Eventually.is(START, "the service has " + replicas + " addresses", () -> addresses() == replicas);
    }

    private long addresses() {
        return client.discovery().v1().endpointSlices().inNamespace(NAMESPACE).withLabel("kubernetes.io/service-name", name).list()
                .getItems()
                .stream().flatMap(slice -> endpoints(slice).stream())
                .filter(endpoint -> Boolean.TRUE.equals(endpoint.getConditions().getReady())).count();
    }

    /** Null where there is none. */
    private static List<Endpoint> endpoints(EndpointSlice slice) {
        return slice.getEndpoints() == null ? List.of() : slice.getEndpoints();
    }

    /** The last lines of every replica. */
    String log() {
        StringBuilder text = new StringBuilder();
        client.pods().inNamespace(NAMESPACE).withLabel("app", "sidecar-injector").list().getItems().forEach(pod -> {
            text.append(pod.getMetadata().getName()).append(": ").append(pod.getStatus()).append('\n');
            try {
                text.append(client.pods().resource(pod).tailingLines(30).getLog()).append('\n');
            } catch (RuntimeException e) {
                text.append(e).append('\n');
            }
        });
        return text.toString();
    }

    /** Its pods go first and by our own hand: a garbage collector that was cut off from the API server meanwhile may forget them. */
    @Override
    public void close() {
        Deployment deployment = deployment().get();
        if (deployment != null) {
            end(deployment);
        }
        for (GenericKubernetesResource object : objects.reversed()) {
            client.resource(object).withGracePeriod(0).delete();
        }
        // Made by the program, not by the chart; the next installation is to make its own, with the lives that it was given.
        client.secrets().inNamespace(NAMESPACE).withName("sidecar-injector-certificates" + name.substring("sidecar-injector".length()))
                .delete();
    }

    private void end(Deployment deployment) {
        Map<String, String> labels = deployment.getSpec().getSelector().getMatchLabels();
        deployment().edit(live -> live.edit().editSpec().withReplicas(0).endSpec().build());
        try {
            Eventually.is(START, "the pods of " + name + " are gone", () -> {
                client.pods().inNamespace(NAMESPACE).withLabels(labels).withGracePeriod(0).delete();
                Deployment live = deployment().get();
                return live.getMetadata().getGeneration().equals(live.getStatus().getObservedGeneration())
                        && count(live.getStatus().getReplicas()) == 0
                        && client.pods().inNamespace(NAMESPACE).withLabels(labels).list().getItems().isEmpty();
            });
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static void createNamespace(KubernetesClient client) {
        client.resource(new NamespaceBuilder().withNewMetadata().withName(NAMESPACE).endMetadata().build()).serverSideApply();
    }

    private static int count(@Nullable Integer number) {
        return number == null ? 0 : number;
    }
}
