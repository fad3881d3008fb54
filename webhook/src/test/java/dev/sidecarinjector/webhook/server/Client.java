package dev.sidecarinjector.webhook.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API server's part: HTTPS with the server's authority as the only one trusted. */
final class Client implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private final HttpClient http;
    private final URI base;

    Client(WebhookServer server) {
        http = HttpClient.newBuilder().sslContext(server.clientContext()).version(HttpClient.Version.HTTP_1_1).build();
        base = server.uri();
    }

    HttpResponse<String> send(String method, String path, String contentType, BodyPublisher body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).method(method, body);
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        return http.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send("POST", path, "application/json", BodyPublishers.ofString(body));
    }

    JsonNode review(String body) throws IOException, InterruptedException {
        HttpResponse<String> response = post("/inject", body);
        if (response.statusCode() != 200) {
            throw new AssertionError("status " + response.statusCode() + ": " + response.body());
        }
        return JSON.readTree(response.body());
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, null, BodyPublishers.noBody());
    }

    @Override
    public void close() {
        http.close();
    }
}
