package dev.sidecarinjector.webhook.registration;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** So much of an API server as tells writes on old versions, applies, and watches apart; any kind. The real one is asked the same where there is one. */
final class FakeApiServer implements AutoCloseable {
    private record Watch(String collection, String selector, LinkedBlockingQueue<String> events) {}

    private static final JsonMapper JSON = JsonMapper.shared();
    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final List<Watch> watches = new ArrayList<>();
    private final HttpServer server;
    private long version = 100;

    FakeApiServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    KubernetesClient client() {
        return new KubernetesClientBuilder().withConfig(new ConfigBuilder(io.fabric8.kubernetes.client.Config.empty())
                .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort()).withOnlyHttpWatches(true)
                .withRequestRetryBackoffLimit(0).build())
                .build();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String query = exchange.getRequestURI().getQuery() == null ? "" : exchange.getRequestURI().getQuery();
            if (query.contains("watch=true")) {
                watch(exchange, path, query);
                return;
            }
            byte[] body = exchange.getRequestBody().readAllBytes();
            JsonNode given = body.length == 0 ? null : JSON.readTree(body);
            ObjectNode object = given instanceof ArrayNode patch ? patched(path, patch) : (ObjectNode) given;
            answer(exchange, respond(given instanceof ArrayNode ? "PUT" : exchange.getRequestMethod(), path, query, object));
        }
    }

    private synchronized ObjectNode respond(String method, String path, String query, ObjectNode body) {
        return switch (method) {
            case "GET" -> isCollection(path) ? list(path, query) : objects.containsKey(path) ? objects.get(path) : status(404, "NotFound");
            case "POST" -> {
                String name = path + "/" + body.at("/metadata/name").asString();
                yield objects.containsKey(name) ? status(409, "AlreadyExists") : store(name, body);
            }
            case "PUT" ->
                !objects.containsKey(path) ? status(404, "NotFound") : stale(path, body) ? status(409, "Conflict") : store(path, body);
            case "PATCH" -> {
                if (objects.containsKey(path) ? stale(path, body) : body.at("/metadata").has("resourceVersion")) {
                    yield status(409, "Conflict");
                }
                ObjectNode merged = objects.containsKey(path) ? objects.get(path).deepCopy() : JSON.createObjectNode();
                merge(merged, body);
                yield merged.equals(objects.get(path)) ? merged : store(path, merged);
            }
            case "DELETE" -> {
                ObjectNode gone = objects.remove(path);
                if (gone == null) {
                    yield status(404, "NotFound");
                }
                tell(path, "DELETED", gone);
                yield gone;
            }
            default -> status(405, "MethodNotAllowed");
        };
    }

    private synchronized ObjectNode patched(String path, ArrayNode patch) {
        ObjectNode result = objects.get(path).deepCopy();
        for (JsonNode operation : patch) {
            String to = operation.get("path").asString();
            int last = to.lastIndexOf('/');
            ((ObjectNode) result.at(to.substring(0, last))).set(to.substring(last + 1), operation.get("value"));
        }
        return result;
    }

    private boolean stale(String path, ObjectNode body) {
        String given = body.at("/metadata/resourceVersion").asString("");
        return !given.isEmpty() && !given.equals(objects.get(path).at("/metadata/resourceVersion").asString());
    }

    private ObjectNode store(String path, ObjectNode object) {
        ObjectNode metadata = (ObjectNode) object.get("metadata");
        metadata.put("resourceVersion", String.valueOf(++version));
        if (!metadata.has("uid")) {
            metadata.put("uid", UUID.randomUUID().toString());
        }
        boolean fresh = objects.put(path, object) == null;
        tell(path, fresh ? "ADDED" : "MODIFIED", object);
        return object;
    }

    private static void merge(ObjectNode into, JsonNode from) {
        from.properties().forEach(entry -> {
            JsonNode old = into.get(entry.getKey());
            if (entry.getValue().isObject() && old instanceof ObjectNode inner) {
                merge(inner, entry.getValue());
            } else if (entry.getKey().equals("webhooks") && old instanceof ArrayNode list) {
                for (JsonNode one : entry.getValue()) {
                    JsonNode same = Drift.named(list, one.get("name"));
                    if (same instanceof ObjectNode there) {
                        merge(there, one);
                    } else {
                        list.add(one.deepCopy());
                    }
                }
            } else {
                into.set(entry.getKey(), entry.getValue().deepCopy());
            }
        });
    }

    private ObjectNode list(String path, String query) {
        ObjectNode list = JSON.createObjectNode().put("kind", "List").put("apiVersion", "v1");
        list.putObject("metadata").put("resourceVersion", String.valueOf(version));
        ArrayNode items = list.putArray("items");
        objects.forEach((name, object) -> {
            if (name.startsWith(path + "/") && matches(query, object)) {
                items.add(object);
            }
        });
        return list;
    }

    private static boolean matches(String query, ObjectNode object) {
        for (String parameter : query.split("&", -1)) {
            String value = parameter.substring(parameter.indexOf('=') + 1);
            String wanted = value.substring(value.indexOf('=') + 1);
            if (parameter.startsWith("labelSelector")
                    && !wanted.equals(object.path("metadata").path("labels").path(value.substring(0, value.indexOf('='))).asString(""))) {
                return false;
            }
            if (parameter.startsWith("fieldSelector") && !wanted.equals(object.at("/metadata/name").asString())) {
                return false;
            }
        }
        return true;
    }

    private void tell(String path, String type, ObjectNode object) {
        for (Watch watch : watches) {
            if (path.startsWith(watch.collection + "/")) {
                String shown = matches(watch.selector, object) ? type : "DELETED";
                watch.events.add(JSON.createObjectNode().put("type", shown).set("object", object.deepCopy()).toString());
            }
        }
    }

    private void watch(HttpExchange exchange, String path, String query) throws IOException {
        Watch watch = new Watch(path, query, new LinkedBlockingQueue<>());
        synchronized (this) {
            // What happened since the list: everything again, which an informer takes.
            objects.forEach((name, object) -> {
                if (name.startsWith(path + "/") && matches(query, object)) {
                    watch.events.add(JSON.createObjectNode().put("type", "MODIFIED").set("object", object.deepCopy()).toString());
                }
            });
            watches.add(watch);
        }
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            while (true) {
                out.write((watch.events.take() + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            synchronized (this) {
                watches.remove(watch);
            }
        }
    }

    private static void answer(HttpExchange exchange, ObjectNode body) throws IOException {
        byte[] bytes = body.toString().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(body.path("kind").asString("").equals("Status") ? body.path("code").asInt() : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static ObjectNode status(int code, String reason) {
        return JSON.createObjectNode().put("kind", "Status").put("apiVersion", "v1").put("status", "Failure").put("reason", reason)
                .put("message", reason).put("code", code);
    }

    private static boolean isCollection(String path) {
        return path.matches(".*/(mutatingwebhookconfigurations|secrets|leases|clusterroles)");
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
