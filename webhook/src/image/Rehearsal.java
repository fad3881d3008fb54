import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.sidecarinjector.templates.ShippedTemplates;
import dev.sidecarinjector.webhook.certificate.ServedCertificate;
import dev.sidecarinjector.webhook.certificate.ServingCertificate;
import dev.sidecarinjector.webhook.server.WebhookServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The run that the AOT cache learns from: the webhook as a cluster has it, with an API server that is just enough for a start, and some reviews.
 *
 * <pre>java -cp JARS Rehearsal.java WORK_FOLDER COMMAND...</pre>
 */
public final class Rehearsal {
    /** Enough for the profiles of what a review goes through. */
    private static final int REVIEWS = 600;
    private static final String CONFIG_MAP = "/api/v1/namespaces/istio-system/configmaps/istio-sidecar-injector";

    private final Map<String, ObjectNode> objects = new TreeMap<>();
    private final AtomicInteger version = new AtomicInteger(1);

    private Rehearsal() {}

    public static void main(String[] arguments) throws Exception {
        Path work = Path.of(arguments[0]);
        List<String> command = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
        ServingCertificate certificate = ServingCertificate.selfMade();
        HttpsServer server = new Rehearsal().apiServer(certificate);
        Path kubeconfig = Files.writeString(work.resolve("kubeconfig"), """
            {"apiVersion": "v1", "kind": "Config", "current-context": "r", "contexts": [{"name": "r", "context": {"cluster": "r", "user": "r"}}],
             "clusters": [{"name": "r", "cluster": {"server": "https://127.0.0.1:%d", "certificate-authority-data": "%s"}}],
             "users": [{"name": "r", "user": {"token": "r"}}]}""".formatted(server.getAddress().getPort(),
                Base64.getEncoder().encodeToString(certificate.authority().getBytes(StandardCharsets.US_ASCII))));
        command.addAll(List.of("--host=127.0.0.1", "--port=0", "--monitoring-port=0", "--cluster", "--kubeconfig=" + kubeconfig, "--cert-secret=rehearsal"));
        Process webhook = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        try (var out = webhook.inputReader()) {
            String line = out.readLine();
            while (line != null && !line.startsWith("listening on ")) {
                line = out.readLine();
            }
            review(URI.create(Objects.requireNonNull(line, "the webhook ended").substring("listening on ".length())));
            webhook.toHandle().destroy();
            while (out.readLine() != null) {
                // to its end
            }
        }
        boolean ended = webhook.waitFor(5, TimeUnit.MINUTES);
        server.stop(0);
        System.exit(ended ? 0 : 1);
    }

    private static void review(URI target) throws Exception {
        byte[] pod;
        try (InputStream in = Objects.requireNonNull(WebhookServer.class.getResourceAsStream("plain.json"))) {
            pod = in.readAllBytes();
        }
        SSLContext any = SSLContext.getInstance("TLS");
        any.init(null, new X509ExtendedTrustManager[]{new Anybody()}, new SecureRandom());
        try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).sslContext(any).build()) {
            HttpRequest request = HttpRequest.newBuilder(target).header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofByteArray(pod)).build();
            for (int i = 0; i < REVIEWS; i++) {
                int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
                if (status != 200) {
                    throw new IOException("a review was answered with " + status);
                }
            }
        }
    }

    private HttpsServer apiServer(ServingCertificate certificate) throws IOException {
        ObjectNode map = JsonMapper.shared().createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata").put("name", "istio-sidecar-injector").put("namespace", "istio-system").put("resourceVersion", "1");
        map.putObject("data").put("config", ShippedTemplates.config()).put("values", ShippedTemplates.values());
        objects.put(CONFIG_MAP, map);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(new ServedCertificate(certificate).context()));
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
        return server;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String query = Objects.requireNonNullElse(exchange.getRequestURI().getQuery(), "");
            if (query.contains("watch=true")) {
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, 0);
                exchange.getResponseBody().flush();
                new CountDownLatch(1).await(2, TimeUnit.MINUTES);
                return;
            }
            ObjectNode body = switch (exchange.getRequestMethod()) {
                case "GET" -> get(path, query);
                default -> put(path, exchange.getRequestBody().readAllBytes());
            };
            byte[] text = JsonMapper.shared().writeValueAsBytes(body);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(body.path("code").asInt(200), text.length);
            exchange.getResponseBody().write(text);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized ObjectNode get(String path, String query) {
        ObjectNode found = objects.get(path);
        if (found != null) {
            return found;
        }
        String last = path.substring(path.lastIndexOf('/') + 1);
        boolean list = List.of("nodes", "namespaces", "proxyconfigs", "configmaps", "secrets", "mutatingwebhookconfigurations").contains(last);
        if (!list) {
            return JsonMapper.shared().createObjectNode().put("apiVersion", "v1").put("kind", "Status").put("status", "Failure").put("reason", "NotFound").put("code", 404);
        }
        ObjectNode all = JsonMapper.shared().createObjectNode().put("apiVersion", "v1").put("kind", "List");
        all.putObject("metadata").put("resourceVersion", version.toString());
        ArrayNode items = all.putArray("items");
        objects.forEach((name, object) -> {
            if (name.startsWith(path + "/") && (!query.contains("metadata.name=") || query.contains("metadata.name=" + name.substring(path.length() + 1)))) {
                items.add(object);
            }
        });
        return all;
    }

    /** Also a creation, whose path ends before the name. */
    private synchronized ObjectNode put(String path, byte[] body) {
        ObjectNode object = (ObjectNode) JsonMapper.shared().readTree(body);
        ObjectNode metadata = (ObjectNode) object.path("metadata");
        String name = metadata.path("name").asString();
        metadata.put("resourceVersion", Integer.toString(version.incrementAndGet())).put("uid", name);
        objects.put(path.endsWith("/" + name) ? path : path + "/" + name, object);
        return object;
    }

    /** Whatever the webhook shows; it is nobody else's. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
