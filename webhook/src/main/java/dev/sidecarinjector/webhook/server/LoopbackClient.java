package dev.sidecarinjector.webhook.server;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import javax.net.ssl.SSLContext;

/** Posts to this very server over one kept connection; the JDK's HTTP client would cost the server more memory than this is worth. */
final class LoopbackClient implements AutoCloseable {
    private static final int PATIENCE = 10_000;

    private final URI target;
    private final String headers;
    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;

    /** @param headers lines of the request's head besides the usual ones, each with its line end */
    LoopbackClient(URI target, SSLContext trust, String headers) throws IOException {
        this.target = target;
        this.headers = headers;
        this.socket = trust.getSocketFactory().createSocket(target.getHost(), target.getPort());
        socket.setSoTimeout(PATIENCE);
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
        this.out = socket.getOutputStream();
    }

    /** Returns the answer's body. */
    byte[] post(byte[] body) throws IOException {
        String head = "POST " + target.getPath() + " HTTP/1.1\r\nHost: " + target.getAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length + "\r\n" + headers + "\r\n";
        byte[] request = new byte[head.length() + body.length];
        System.arraycopy(head.getBytes(StandardCharsets.US_ASCII), 0, request, 0, head.length());
        System.arraycopy(body, 0, request, head.length(), body.length);
        out.write(request);
        out.flush();
        return in.readNBytes(readHead());
    }

    /** Returns the length of what follows. */
    private int readHead() throws IOException {
        int length = 0;
        for (String line = readLine(); !line.isEmpty(); line = readLine()) {
            if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
        }
        return length;
    }

    private String readLine() throws IOException {
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
}
