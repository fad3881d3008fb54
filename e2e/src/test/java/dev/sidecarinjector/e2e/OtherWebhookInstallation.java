package dev.sidecarinjector.e2e;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** {@link OtherWebhook} in the cluster, until closed. */
record OtherWebhookInstallation(KubernetesClient client, String namespace, String registration) implements AutoCloseable {
    private static final String NAME = "other-webhook";
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** Installs and waits until it can be called; returns what takes it away again. */
    static OtherWebhookInstallation of(Cluster cluster, String registration) throws IOException, InterruptedException {
        KubernetesClient client = cluster.client();
        String namespace = "other-" + Long.toString(System.nanoTime(), 36);
        Authority authority = new Authority();
        String classFile = Base64.getEncoder().encodeToString(OtherWebhook.class.getResourceAsStream("OtherWebhook.class").readAllBytes());
        List<HasMetadata> objects = new ArrayList<>();
        objects.add(new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build());
        objects.add(new SecretBuilder().withNewMetadata().withName(NAME).withNamespace(namespace).endMetadata()
                .withStringData(authority.issue(NAME + "." + namespace + ".svc")).build());
        objects.add(new ConfigMapBuilder().withNewMetadata().withName(NAME).withNamespace(namespace).endMetadata()
                .withBinaryData(Map.of("OtherWebhook.class", classFile)).build());
        objects.add(new PodBuilder().withNewMetadata().withName(NAME).withNamespace(namespace).withLabels(Map.of("app", NAME)).endMetadata()
                .withNewSpec()
                .withTerminationGracePeriodSeconds(0L).addNewContainer().withName("webhook")
                .withImage(Cluster.WEBHOOK_REPOSITORY + ":" + Cluster.TAG)
                .withCommand("/opt/sidecar-injector/bin/java", "-cp", "/classes", OtherWebhook.class.getName(), "/certificates")
                .addNewVolumeMount().withName("classes").withMountPath("/classes/dev/sidecarinjector/e2e").endVolumeMount()
                .addNewVolumeMount()
                .withName("certificates").withMountPath("/certificates").endVolumeMount().withNewReadinessProbe().withPeriodSeconds(1)
                .withNewTcpSocket().withPort(new IntOrString(OtherWebhook.PORT)).endTcpSocket().endReadinessProbe().endContainer()
                .addNewVolume()
                .withName("classes").withNewConfigMap().withName(NAME).endConfigMap().endVolume().addNewVolume().withName("certificates")
                .withNewSecret().withSecretName(NAME).endSecret().endVolume().endSpec().build());
        objects.add(new ServiceBuilder().withNewMetadata().withName(NAME).withNamespace(namespace).endMetadata().withNewSpec()
                .addToSelector("app", NAME).addNewPort().withPort(443).withTargetPort(new IntOrString(OtherWebhook.PORT)).endPort()
                .endSpec().build());
        objects.add(new MutatingWebhookConfigurationBuilder().withNewMetadata().withName(registration).endMetadata().addNewWebhook()
                .withName("other.example.org").withAdmissionReviewVersions("v1").withSideEffects("None").withFailurePolicy("Fail")
                .withReinvocationPolicy("Never").withNewClientConfig()
                .withCaBundle(Base64.getEncoder().encodeToString(authority.certificate().getBytes(StandardCharsets.UTF_8))).withNewService()
                .withName(NAME).withNamespace(namespace).withPath("/").endService().endClientConfig().addNewRule().withApiGroups("")
                .withApiVersions("v1").withOperations("CREATE").withResources("pods").endRule().withNewNamespaceSelector()
                .addToMatchLabels("istio-injection", "enabled").endNamespaceSelector().endWebhook().build());
        OtherWebhookInstallation installation = new OtherWebhookInstallation(client, namespace, registration);
        for (HasMetadata object : objects) {
            if (object.getKind().equals("Pod")) {
                Eventually.is(LIMIT, "the service account is there",
                        () -> client.serviceAccounts().inNamespace(namespace).withName("default").get() != null);
            }
            if (object.getKind().equals("MutatingWebhookConfiguration")) {
                Eventually.is(LIMIT, "the other webhook is ready",
                        () -> client.discovery().v1().endpointSlices().inNamespace(namespace).list()
                                .getItems().stream().flatMap(slice -> slice.getEndpoints().stream())
                                .anyMatch(endpoint -> Boolean.TRUE.equals(endpoint.getConditions().getReady())));
            }
            client.resource(object).create();
        }
        return installation;
    }

    /**
     * One more registration of it; it goes with the installation.
     *
     * @param namespaces label whose value {@code enabled} selects them
     */
    void register(String name, String path, String failurePolicy, int timeoutSeconds, String namespaces) {
        MutatingWebhookConfiguration first = client.admissionRegistration().v1().mutatingWebhookConfigurations().withName(registration)
                .get();
        WebhookClientConfig target = first.getWebhooks().getFirst().getClientConfig();
        target.getService().setPath(path);
        client.resource(new MutatingWebhookConfigurationBuilder().withNewMetadata().withName(name)
                .addNewOwnerReference().withApiVersion(first.getApiVersion()).withKind(first.getKind()).withName(registration)
                .withUid(first.getMetadata().getUid()).endOwnerReference().endMetadata().addNewWebhookLike(first.getWebhooks().getFirst())
                .withName("namespace.sidecar-injector.istio.io").withClientConfig(target).withFailurePolicy(failurePolicy)
                .withTimeoutSeconds(timeoutSeconds).withNewNamespaceSelector().addToMatchLabels(namespaces, "enabled")
                .endNamespaceSelector().endWebhook().build()).create();
    }

    @Override
    public void close() {
        client.admissionRegistration().v1().mutatingWebhookConfigurations().withName(registration).delete();
        client.pods().inNamespace(namespace).withGracePeriod(0).delete();
        client.namespaces().withName(namespace).delete();
    }
}
