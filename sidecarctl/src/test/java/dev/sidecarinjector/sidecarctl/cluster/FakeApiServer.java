package dev.sidecarinjector.sidecarctl.cluster;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** An API server that knows a few paths and answers 404 to the others. */
public final class FakeApiServer implements AutoCloseable {
    private final HttpServer server;
    private final Map<String, String> bodies = new ConcurrentHashMap<>();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();

    public FakeApiServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            String path = exchange.getRequestURI().toString();
            requests.add(path);
            byte[] body = bodies
                    .getOrDefault(path, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"message\":\"not here\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(bodies.containsKey(path) ? 200 : statuses.getOrDefault(path, 404), body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
    }

    public FakeApiServer answering(String path, String body) {
        bodies.put(path, body);
        return this;
    }

    public FakeApiServer refusing(String path, int status) {
        statuses.put(path, status);
        return this;
    }

    public List<String> requests() {
        return requests;
    }

    /** A kubeconfig that names this server. */
    public Path kubeconfig(Path folder) throws IOException {
        return kubeconfig(folder, server.getAddress().getPort());
    }

    /** A kubeconfig that names a port of this machine. */
    public static Path kubeconfig(Path folder, int port) throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: fake
                contexts:
                - name: fake
                  context: {cluster: fake, user: nobody}
                clusters:
                - name: fake
                  cluster: {server: 'http://127.0.0.1:%d'}
                users:
                - name: nobody
                  user: {}
                """.formatted(port));
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
