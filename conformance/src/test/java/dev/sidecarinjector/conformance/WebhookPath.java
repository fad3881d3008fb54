package dev.sidecarinjector.conformance;

import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.templates.ShippedTemplates;
import dev.sidecarinjector.webhook.admission.ClusterView;
import dev.sidecarinjector.webhook.server.ServerOptions;
import dev.sidecarinjector.webhook.server.WebhookServer;
import io.fabric8.zjsonpatch.JsonPatch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A webhook that really listens, and a client that posts reviews to it and applies what comes back. */
final class WebhookPath implements AutoCloseable {
    private final WebhookServer server;
    private final HttpClient client;
    private final Map<Object, Injector> injectors = new ConcurrentHashMap<>();

    private WebhookPath(WebhookServer server) {
        this.server = server;
        this.client = HttpClient.newBuilder().sslContext(server.clientContext()).build();
    }

    static WebhookPath start() {
        Configuration configuration = Configuration.load(ShippedTemplates.config(), ShippedTemplates.values(), ShippedTemplates.mesh(),
                Features.DEFAULT);
        return new WebhookPath(WebhookServer.start(ServerOptions.loopback(), new Injector(configuration), ClusterView.NONE));
    }

    /** Exchanges the configuration; the same one is parsed once. */
    void use(CaseConfiguration texts, Features features, ClusterView cluster) {
        record Key(CaseConfiguration texts, Features features) {}
        Injector injector = injectors.computeIfAbsent(new Key(texts, features),
                _ -> new Injector(Configuration.load(texts.config(), texts.values(), texts.mesh(), features)));
        server.use(injector, cluster);
    }

    /** Posts a body as it is. */
    HttpResponse<String> post(String path, byte[] body, String contentType) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri(path)).header("Content-Type", contentType).POST(BodyPublishers.ofByteArray(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    String get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString()).body();
    }

    /** Posts a review of a pod; the response part of the answer. */
    JsonNode review(ObjectNode pod, String namespace, String path) throws IOException, InterruptedException {
        HttpResponse<String> response = post(path, reviewOf(pod, namespace, "admission.k8s.io/v1"), "application/json");
        if (response.statusCode() != 200) {
            throw new AssertionError("HTTP " + response.statusCode() + ": " + response.body());
        }
        return ConformanceData.JSON.readTree(response.body()).path("response");
    }

    /** The pod after admission. */
    JsonNode admit(ObjectNode pod, String namespace) throws IOException, InterruptedException {
        return apply(review(pod, namespace, "/inject"), pod);
    }

    /** The pod with the patch of an answer. */
    static JsonNode apply(JsonNode response, ObjectNode pod) {
        if (!response.path("allowed").asBoolean(false)) {
            throw new AssertionError("refused: " + response.path("status").path("message").asString(""));
        }
        if (!response.has("patch")) {
            return pod;
        }
        byte[] patch = Base64.getDecoder().decode(response.path("patch").asString());
        return JsonPatch.apply(ConformanceData.JSON.readTree(patch), pod);
    }

    static byte[] reviewOf(ObjectNode pod, String namespace, String apiVersion) {
        ObjectNode review = ConformanceData.JSON.createObjectNode().put("kind", "AdmissionReview").put("apiVersion", apiVersion);
        ObjectNode request = review.putObject("request").put("uid", "a1").put("namespace", namespace).put("operation", "CREATE");
        request.putObject("kind").put("group", "").put("version", "v1").put("kind", "Pod");
        request.putObject("resource").put("group", "").put("version", "v1").put("resource", "pods");
        request.set("object", pod);
        return review.toString().getBytes(StandardCharsets.UTF_8);
    }

    private URI uri(String path) {
        return URI.create("https://127.0.0.1:" + server.port() + path);
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
