package dev.sidecarinjector.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Locale;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** One kept connection to a webhook that posts the same review again and again; it costs the machine as little as it can. */
final class ReviewConnection implements AutoCloseable {
    private static final int PATIENCE = 30_000;
    private static final int OK = 200;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int GATEWAY_TIMEOUT = 504;
    private static final SSLContext ANYBODY = trustingAnybody();

    private final Socket socket;
    private final InputStream in;
    private final byte[] request;

    /** What came of a review. */
    enum Outcome {
        /** Allowed, with a patch. */
        INJECTED,
        /** An HTTP error that says why, as a Kubernetes Status. */
        REFUSED,
        /** Anything else that is an answer. */
        WRONG
    }

    ReviewConnection(URI target, byte[] body) throws IOException {
        this.socket = ANYBODY.getSocketFactory().createSocket(target.getHost(), target.getPort());
        socket.setSoTimeout(PATIENCE);
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream(), 16 * 1024);
        byte[] head = ("POST " + target.getPath() + "?timeout=10s HTTP/1.1\r\nHost: " + target.getAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        this.request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
    }

    /** Posts and waits for the answer. */
    Outcome post() throws IOException {
        socket.getOutputStream().write(request);
        socket.getOutputStream().flush();
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        int length = 0;
        for (String line = line(); !line.isEmpty(); line = line()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        byte[] answer = in.readNBytes(length);
        String text = new String(answer, StandardCharsets.UTF_8);
        if (status == OK && text.contains("\"allowed\":true") && text.contains("\"patch\":\"")) {
            return Outcome.INJECTED;
        }
        boolean reasoned = (status == TOO_MANY_REQUESTS || status == GATEWAY_TIMEOUT) && text.contains("\"kind\":\"Status\"");
        return reasoned ? Outcome.REFUSED : Outcome.WRONG;
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("the server closed the connection");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static SSLContext trustingAnybody() {
        X509TrustManager anybody = new X509TrustManager() {
            @Override
            public void checkClientTrusted(X509Certificate[] chain, String type) {}

            @Override
            public void checkServerTrusted(X509Certificate[] chain, String type) {}

            @Override
            public X509Certificate[] getAcceptedIssuers() {
                return new X509Certificate[0];
            }
        };
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[]{anybody}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java runtime has TLS", e);
        }
    }
}
