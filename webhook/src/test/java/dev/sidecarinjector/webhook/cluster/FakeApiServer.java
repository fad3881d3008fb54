package dev.sidecarinjector.webhook.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An API server as far as watches and Events need one: lists in pages, watches, creates, merge patches; it refuses, stops and comes back on demand. */
public final class FakeApiServer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    private static final Map<String, String> KINDS = Map.of("nodes", "Node", "namespaces", "Namespace", "configmaps", "ConfigMap",
            "proxyconfigs", "ProxyConfig");

    private final Map<String, ObjectNode> resources = new TreeMap<>();
    private final List<ObjectNode> history = new ArrayList<>();
    private final Map<String, Integer> refusals = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final int port;
    private long version = 100;
    private long forgotten;
    private int watchEpoch;
    private HttpServer server;
    private ExecutorService threads;

    public FakeApiServer() {
        this.port = listen(0);
    }

    private int listen(int wanted) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
        return server.getAddress().getPort();
    }

    /** A client as the program has it. */
    public KubernetesClient client() {
        Config config = new ConfigBuilder().withAutoConfigure(false).withMasterUrl("http://127.0.0.1:" + port).build();
        return ClusterClient.connect(config, "test");
    }

    int port() {
        return port;
    }

    /** Creates or replaces a resource; the path is the one of the object: {@code /api/v1/nodes/a}. */
    public synchronized void put(String path, String json) {
        ObjectNode resource = (ObjectNode) JSON.readTree(json);
        String[] parts = path.split("/", -1);
        if (!resource.has("kind")) {
            String plural = parts[parts.length - 2];
            resource.put("apiVersion", plural.equals("proxyconfigs") ? "networking.istio.io/v1beta1" : "v1");
            resource.put("kind", KINDS.get(plural));
        }
        ObjectNode metadata = resource.withObject("/metadata");
        metadata.put("name", parts[parts.length - 1]).put("resourceVersion", Long.toString(++version));
        if (path.contains("/namespaces/") && parts.length > 6) {
            metadata.put("namespace", parts[parts.length - 3]);
        }
        boolean known = resources.put(path, resource) != null;
        happened(known ? "MODIFIED" : "ADDED", path, resource);
    }

    /** Removes it. */
    public synchronized void delete(String path) {
        ObjectNode gone = resources.remove(path).deepCopy();
        gone.withObject("/metadata").put("resourceVersion", Long.toString(++version));
        happened("DELETED", path, gone);
    }

    private void happened(String type, String path, ObjectNode resource) {
        ObjectNode event = JSON.createObjectNode().put("type", type).put("path", path).put("version", version);
        event.set("object", resource);
        history.add(event);
        notifyAll();
    }

    /** From now on requests whose path contains this are answered with the status; 0 ends it. Watches under way end. */
    public synchronized void refuse(String part, int status) {
        if (status == 0) {
            refusals.remove(part);
        } else {
            refusals.put(part, status);
        }
        endWatches();
    }

    /** Ends all watches as an API server does from time to time. */
    public synchronized void endWatches() {
        watchEpoch++;
        notifyAll();
    }

    /** Nobody listens any more, and nothing is remembered of who watched what. */
    public void stop() {
        endWatches();
        server.stop(0);
        threads.shutdownNow();
    }

    /** Listens on the same port again. What was deleted meanwhile is known only to those who list. */
    public void restart() {
        synchronized (this) {
            history.clear();
            forgotten = version;
        }
        listen(port);
    }

    /** All requests up to now: method, path and query. */
    public List<String> requests() {
        return requests;
    }

    /** The resources below a path. */
    public synchronized List<ObjectNode> below(String prefix) {
        return resources.entrySet().stream().filter(entry -> entry.getKey().startsWith(prefix)).map(Map.Entry::getValue).toList();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Map<String, String> query = query(exchange.getRequestURI().getQuery());
            requests.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
            Integer refusal = refusals.entrySet().stream().filter(entry -> path.contains(entry.getKey())).map(Map.Entry::getValue)
                    .findFirst().orElse(null);
            if (refusal != null) {
                answer(exchange, refusal, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":" + refusal + "}");
                return;
            }
            switch (exchange.getRequestMethod()) {
                case "GET" -> {
                    if (path.equals("/version")) {
                        answer(exchange, 200, "{\"major\":\"1\",\"minor\":\"34\",\"gitVersion\":\"v1.34.0\"}");
                        return;
                    }
                    if ("true".equals(query.get("watch"))) {
                        watch(exchange, path, query);
                    } else {
                        answer(exchange, 200, list(path, query));
                    }
                }
                case "POST" -> create(exchange, path);
                case "PATCH" -> patch(exchange, path);
                default -> answer(exchange, 405, "{}");
            }
        }
    }

    private synchronized String list(String path, Map<String, String> query) {
        List<ObjectNode> found = resources.entrySet().stream().filter(entry -> isListed(entry.getKey(), path, query))
                .map(Map.Entry::getValue).toList();
        int from = query.containsKey("continue") ? Integer.parseInt(query.get("continue")) : 0;
        int to = query.containsKey("limit") ? Math.min(found.size(), from + Integer.parseInt(query.get("limit"))) : found.size();
        ObjectNode list = JSON.createObjectNode().put("kind", "List").put("apiVersion", "v1");
        list.putObject("metadata").put("resourceVersion", Long.toString(version)).put("continue", to < found.size() ? to + "" : "");
        list.putArray("items").addAll(found.subList(from, to));
        return list.toString();
    }

    /** An object is in the list of its own namespace and in that of all. */
    private static boolean isListed(String object, String list, Map<String, String> query) {
        String name = object.substring(object.lastIndexOf('/') + 1);
        String collection = object.substring(0, object.lastIndexOf('/'));
        String everywhere = collection.replaceFirst("/namespaces/[^/]+(?=/)", "");
        String selector = query.getOrDefault("fieldSelector", "metadata.name=" + name);
        return (collection.equals(list) || everywhere.equals(list)) && selector.equals("metadata.name=" + name);
    }

    private void watch(HttpExchange exchange, String path, Map<String, String> query) throws IOException {
        long seen = Long.parseLong(query.getOrDefault("resourceVersion", "0"));
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        OutputStream out = exchange.getResponseBody();
        out.flush();
        int epoch = watchEpoch;
        if (seen < forgotten) {
            out.write(
                    "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"reason\":\"Expired\",\"code\":410}}\n"
                            .getBytes(StandardCharsets.UTF_8));
            return;
        }
        try {
            while (true) {
                List<ObjectNode> fresh = new ArrayList<>();
                synchronized (this) {
                    long after = seen;
                    history.stream().filter(event -> event.path("version").asLong() > after).forEach(fresh::add);
                    if (fresh.isEmpty()) {
                        if (epoch != watchEpoch) {
                            return;
                        }
                        wait();
                        continue;
                    }
                }
                for (ObjectNode event : fresh) {
                    seen = event.path("version").asLong();
                    if (isListed(event.path("path").asString(), path, query)) {
                        ObjectNode line = JSON.createObjectNode().put("type", event.path("type").asString());
                        line.set("object", event.path("object"));
                        out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
                    }
                }
                out.flush();
            }
        } catch (InterruptedException _) {
            // stopped
        }
    }

    private void create(HttpExchange exchange, String path) throws IOException {
        ObjectNode sent = (ObjectNode) JSON.readTree(exchange.getRequestBody().readAllBytes());
        String object = path + "/" + sent.path("metadata").path("name").asString();
        put(object, sent.toString());
        answer(exchange, 201, sent.toString());
    }

    private void patch(HttpExchange exchange, String path) throws IOException {
        JsonNode patch = JSON.readTree(exchange.getRequestBody().readAllBytes());
        ObjectNode known;
        synchronized (this) {
            known = resources.get(path);
        }
        if (known == null) {
            answer(exchange, 404, "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":404}");
            return;
        }
        ObjectNode merged = known.deepCopy();
        patch.properties().forEach(entry -> merged.set(entry.getKey(), entry.getValue()));
        put(path, merged.toString());
        answer(exchange, 200, merged.toString());
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        exchange.getRequestBody().readAllBytes();
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static Map<String, String> query(String text) {
        Map<String, String> parsed = new LinkedHashMap<>();
        for (String pair : Objects.requireNonNullElse(text, "").split("&", -1)) {
            int split = pair.indexOf('=');
            if (split > 0) {
                parsed.put(pair.substring(0, split), pair.substring(split + 1));
            }
        }
        return parsed;
    }

    @Override
    public void close() {
        stop();
    }
}
