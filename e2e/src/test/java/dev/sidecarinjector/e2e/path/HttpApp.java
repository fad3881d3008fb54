package dev.sidecarinjector.e2e.path;

import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server for HTTP in a place of the lab, on all its addresses; its answer is its own name and the client's address as it sees that, and in a header the path. */
final class HttpApp implements AutoCloseable {
    static final int PORT = 8000;
    /** How long an answer takes for a path that begins with {@code /slow}. */
    static final Duration SLOW = Duration.ofMillis(300);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private HttpApp(HttpServer server, String name) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                if (exchange.getRequestURI().getPath().startsWith("/slow")) {
                    Thread.sleep(SLOW);
                }
                String peer = exchange.getRemoteAddress().getAddress().getHostAddress().replaceFirst("%.*", "");
                byte[] body = (name + " saw " + peer).getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("x-path", exchange.getRequestURI().getPath());
                exchange.sendResponseHeaders(200, body.length);
                exchange.getResponseBody().write(body);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    static HttpApp in(Namespace place, String name) {
        return new HttpApp(place.in(() -> HttpServer.create(new InetSocketAddress("::", PORT), 0)), name);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
