package dev.sidecarinjector.e2e;

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
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * Somebody else's mutating webhook: adds a container with a port where there is none yet. This very class is the program; it runs in a pod of the webhook's
 * image, which has a Java runtime and nothing else, and gets there as a ConfigMap.
 */
public final class OtherWebhook {
    static final int PORT = 8443;
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
            byte[] answer = """
                    {"apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
                     "response": {"uid": "%s", "allowed": true, "patchType": "JSONPatch", "patch": "%s"}}
                    """.formatted(uid, Base64.getEncoder().encodeToString(patch.getBytes(StandardCharsets.UTF_8)))
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
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
