package dev.sidecarinjector.sidecarctl.cluster;

import dev.sidecarinjector.sidecarctl.Cluster;
import dev.sidecarinjector.sidecarctl.ClusterSettings;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ServiceReference;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.WebhookClientConfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.LocalPortForward;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A registered injection webhook: reached at its URL, at the control plane's address, or through a port-forward to one of its pods. */
final class RemoteWebhook implements Cluster.Webhook, AutoCloseable {
    private static final int HTTPS_PORT = 443;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final KubernetesClient client;
    private final WebhookClientConfig registration;
    private final ClusterSettings settings;
    private @Nullable HttpsEndpoint endpoint;
    private @Nullable LocalPortForward forward;

    RemoteWebhook(KubernetesClient client, WebhookClientConfig registration, ClusterSettings settings) {
        this.client = client;
        this.registration = registration;
        this.settings = settings;
    }

    @Override
    public ObjectNode review(ObjectNode admissionReview) {
        try {
            JsonNode answer = JSON.readTree(endpoint().post(admissionReview.toString().getBytes(StandardCharsets.UTF_8)));
            if (answer instanceof ObjectNode object) {
                return object;
            }
            throw new Cluster.UnreachableException("it answers with something else than an AdmissionReview");
        } catch (IOException | JacksonException | KubernetesClientException e) {
            throw new Cluster.UnreachableException(String.valueOf(e.getMessage()));
        }
    }

    private synchronized HttpsEndpoint endpoint() throws IOException {
        if (endpoint == null) {
            endpoint = registration.getUrl() != null ? atUrl(URI.create(registration.getUrl())) : atService(registration.getService());
        }
        return endpoint;
    }

    private HttpsEndpoint atUrl(URI url) throws IOException {
        int port = url.getPort() < 0 ? HTTPS_PORT : url.getPort();
        String path = url.getRawPath().isEmpty() ? "/" : url.getRawPath();
        return new HttpsEndpoint(url.getHost(), port, url.getHost(), path, registration.getCaBundle());
    }

    private HttpsEndpoint atService(ServiceReference service) throws IOException {
        int port = service.getPort() == null ? HTTPS_PORT : service.getPort();
        String path = service.getPath() == null ? "/" : service.getPath();
        String serverName = service.getName() + "." + service.getNamespace() + ".svc";
        if (settings.xdsAddress() != null) {
            String host = settings.xdsAddress().replaceFirst(":[0-9]+$", "");
            return new HttpsEndpoint(host, port, serverName, path, registration.getCaBundle());
        }
        forward = forward(service, port);
        return new HttpsEndpoint("127.0.0.1", forward.getLocalPort(), serverName, path, registration.getCaBundle());
    }

    private LocalPortForward forward(ServiceReference reference, int port) throws IOException {
        Service service = client.services().inNamespace(reference.getNamespace()).withName(reference.getName()).get();
        if (service == null) {
            throw new IOException("its service " + reference.getNamespace() + "/" + reference.getName() + " does not exist");
        }
        List<Pod> pods = client.pods().inNamespace(reference.getNamespace()).withLabels(service.getSpec().getSelector()).list().getItems();
        Pod pod = pods.stream().filter(each -> "Running".equals(each.getStatus().getPhase())).findFirst()
                .orElseThrow(() -> new IOException("its service " + reference.getName() + " has no running pod"));
        return client.pods().inNamespace(reference.getNamespace()).withName(pod.getMetadata().getName())
                .portForward(TargetPort.of(service, port, pod));
    }

    @Override
    public void close() throws IOException {
        if (forward != null) {
            forward.close();
        }
    }
}
