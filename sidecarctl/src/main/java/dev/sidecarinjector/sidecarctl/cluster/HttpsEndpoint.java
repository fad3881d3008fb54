package dev.sidecarinjector.sidecarctl.cluster;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A server that is asked at one address and proves another name: a webhook behind a port-forward. Java's own clients check the name of the address,
 * so this one speaks HTTP/1.0 itself.
 */
final class HttpsEndpoint {
    private final String host;
    private final int port;
    private final String serverName;
    private final String path;
    private final SSLSocketFactory sockets;

    /** @param caBundle PEM certificates in base64; null for those that Java trusts */
    HttpsEndpoint(String host, int port, String serverName, String path, @Nullable String caBundle) throws IOException {
        this.host = host;
        this.port = port;
        this.serverName = serverName;
        this.path = path;
        sockets = trusting(caBundle);
    }

    private static SSLSocketFactory trusting(@Nullable String caBundle) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            if (caBundle == null || caBundle.isEmpty()) {
                context.init(null, null, null);
                return context.getSocketFactory();
            }
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            byte[] pem = Base64.getMimeDecoder().decode(caBundle);
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
                store.setCertificateEntry("ca" + store.size(), each);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IOException("its CA bundle cannot be used: " + e.getMessage(), e);
        }
    }

    /** The body of the answer to a JSON body. */
    byte[] post(byte[] body) throws IOException {
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(host, port), KubernetesCluster.TIMEOUT_MILLIS);
            plain.setSoTimeout(KubernetesCluster.TIMEOUT_MILLIS);
            try (SSLSocket socket = (SSLSocket) sockets.createSocket(plain, serverName, port, true)) {
                SSLParameters parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
                return exchange(socket, body);
            }
        }
    }

    private byte[] exchange(Socket socket, byte[] body) throws IOException {
        OutputStream out = socket.getOutputStream();
        String head = "POST " + path + " HTTP/1.0\r\nHost: " + serverName + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.length + "\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.ISO_8859_1));
        out.write(body);
        out.flush();
        InputStream in = socket.getInputStream();
        String status = line(in);
        while (!line(in).isEmpty()) {
            // no header matters: the body ends with the connection
        }
        if (!status.matches("HTTP/1\\.[01] 200( .*)?")) {
            throw new IOException("it answers " + status);
        }
        return in.readAllBytes();
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }
}
