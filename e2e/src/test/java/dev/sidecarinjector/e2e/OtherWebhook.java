package dev.sidecarinjector.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Somebody else's mutating webhook: adds a container with a port where there is none yet. This very class is the program; it runs in a pod of the webhook's
 * image, which has a Java runtime and nothing else, and gets there as a ConfigMap.
 */
public final class OtherWebhook {
    static final int PORT = 8443;
    static final String BUSY_ALWAYS = "/busy-always";
    static final String BUSY_TWICE = "/busy-twice";
    private static final String CONTAINER = """
            {"name": "helper", "image": "docker.io/local/web:1", "ports": [{"name": "metrics", "containerPort": 9102, "protocol": "TCP"}]}""";

    private OtherWebhook() {}

    /** Serves until it is stopped. Uses nothing but the JDK. */
    public static void main(String[] folder) throws IOException, GeneralSecurityException {
        HttpsServer server = HttpsServer.create(new InetSocketAddress(PORT), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(Path.of(folder[0]))));
        server.createContext("/", exchange -> {
            String review = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            // The request's own uid is the first one.
            String uid = review.replaceFirst("(?s).*?\"uid\":\"([^\"]+)\".*", "$1");
            String patch = review.contains("\"name\":\"helper\"")
                    ? "[]"
                    : "[{\"op\":\"add\",\"path\":\"/spec/containers/-\",\"value\":" + CONTAINER + "}]";
            answer(exchange, 200, """
                    {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
                     "response": {"uid": "%s", "allowed": true, "patchType": "JSONPatch", "patch": "%s"}}
                    """.formatted(uid, Base64.getEncoder().encodeToString(patch.getBytes(StandardCharsets.UTF_8))));
        });
        overloaded(server, BUSY_ALWAYS, Integer.MAX_VALUE);
        overloaded(server, BUSY_TWICE, 2);
        server.start();
    }

    /** Asked so often, it is overloaded; then it lets the pod pass. */
    private static void overloaded(HttpsServer server, String path, int times) {
        AtomicInteger asked = new AtomicInteger();
        server.createContext(path, exchange -> {
            String uid = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                    .replaceFirst("(?s).*?\"uid\":\"([^\"]+)\".*", "$1");
            int now = asked.incrementAndGet();
            if (now <= times) {
                exchange.getResponseHeaders().set("Retry-After", "1");
                // As ours answers when its queue is full (ADR 9); the number is put in so that the user sees how often it was asked.
                answer(exchange, 429, """
                        {"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","reason":"TooManyRequests","code":429,
                         "message":"sidecar-injector: overloaded: asked %d times"}"""
                        .formatted(now));
            } else {
                answer(exchange, 200, """
                        {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "response": {"uid": "%s", "allowed": true}}"""
                        .formatted(uid));
            }
        });
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static SSLContext context(Path folder) throws IOException, GeneralSecurityException {
        Certificate certificate = CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(folder.resolve("tls.crt"))));
        String pem = Files.readString(folder.resolve("tls.key")).replaceAll("-----[A-Z ]+-----|\\s", "");
        PrivateKey key = KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(pem)));
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", key, new char[0], new Certificate[]{certificate});
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
