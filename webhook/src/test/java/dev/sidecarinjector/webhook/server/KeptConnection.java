package dev.sidecarinjector.webhook.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import tools.jackson.databind.json.JsonMapper;

/** One connection and what is said over it, byte for byte: what the JDK's client would tidy up or try again shows. */
final class KeptConnection implements AutoCloseable {
    record Answer(int status, Map<String, String> headers, String body) {
        boolean closes() {
            return "close".equalsIgnoreCase(headers.get("connection"));
        }
    }

    private final Socket socket;
    private final InputStream in;

    private KeptConnection(Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(30_000);
        socket.setTcpNoDelay(true);
        this.in = new BufferedInputStream(socket.getInputStream());
    }

    static KeptConnection to(WebhookServer server) throws IOException {
        return to(server, server.clientContext());
    }

    /** With a context that was made before: making one takes longer than connecting. */
    static KeptConnection to(WebhookServer server, SSLContext context) throws IOException {
        return new KeptConnection(context.getSocketFactory().createSocket("127.0.0.1", server.port()));
    }

    static KeptConnection plain(int port) throws IOException {
        return new KeptConnection(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    static byte[] request(String line, String headers, byte[] body) {
        byte[] head = (line + " HTTP/1.1\r\nHost: x\r\n" + headers + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    Answer post(String path, byte[] body) throws IOException {
        return send(request("POST " + path, "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n", body));
    }

    /** Posts a review and returns the answer's uid. */
    String review(String body) throws IOException {
        Answer answer = post("/inject?timeout=30s", body.getBytes(StandardCharsets.UTF_8));
        return answer.status == 200 ? JsonMapper.shared().readTree(answer.body).at("/response/uid").asString() : "status " + answer.status;
    }

    Answer send(byte[] request) throws IOException {
        write(request);
        return read();
    }

    void write(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
    }

    void endOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** The status only, whatever follows. */
    int status() throws IOException {
        return Integer.parseInt(line().split(" ", 3)[1]);
    }

    Answer read() throws IOException {
        String[] status = line().split(" ", 3);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
        }
        byte[] body;
        if (headers.containsKey("content-length")) {
            body = in.readNBytes(Integer.parseInt(headers.get("content-length")));
        } else if ("chunked".equals(headers.get("transfer-encoding"))) {
            body = chunks();
        } else {
            body = in.readAllBytes();
        }
        return new Answer(Integer.parseInt(status[1]), headers, new String(body, StandardCharsets.UTF_8));
    }

    private byte[] chunks() throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int length = Integer.parseInt(line(), 16); length > 0; length = Integer.parseInt(line(), 16)) {
            body.write(in.readNBytes(length));
            line();
        }
        line();
        return body.toByteArray();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection");
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
