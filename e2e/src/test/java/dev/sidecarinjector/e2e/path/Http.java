package dev.sidecarinjector.e2e.path;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A client's connection for HTTP/1.1 that stays open until one of both sides closes it; no client library says in which namespace it connects. */
final class Http implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Socket socket;
    private final String host;

    /**
     * An answer.
     *
     * @param headers by name, in lower case
     */
    record Answer(int status, Map<String, String> headers, String body) {
        boolean isLast() {
            return headers.getOrDefault("connection", "").equals("close");
        }
    }

    private Http(String host, int port) throws IOException {
        this.host = host;
        socket = new Socket();
        socket.setSoTimeout((int) PATIENCE.toMillis());
        socket.connect(new InetSocketAddress(host, port), (int) PATIENCE.toMillis());
    }

    /** Opens a connection in the namespace of the calling thread. */
    static Http open(String host, int port) throws IOException {
        return new Http(host, port);
    }

    /** One request on a connection of its own, from a namespace. */
    static Answer get(Namespace from, String host, int port, String path) {
        return from.in(() -> {
            try (Http connection = open(host, port)) {
                return connection.send("GET", path);
            }
        });
    }

    Answer send(String method, String path) throws IOException {
        String authority = host.contains(":") ? "[" + host + "]" : host;
        socket.getOutputStream().write((method + " " + path + " HTTP/1.1\r\nHost: " + authority + "\r\nContent-Length: 0\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        InputStream in = socket.getInputStream();
        int status = Integer.parseInt(line(in).split(" ", -1)[1]);
        Map<String, String> headers = new TreeMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            String[] parts = line.split(": *", 2);
            headers.put(parts[0].toLowerCase(Locale.ROOT), parts[1]);
        }
        return new Answer(status, headers, body(in, headers));
    }

    private static String body(InputStream in, Map<String, String> headers) throws IOException {
        if (!headers.getOrDefault("transfer-encoding", "").equals("chunked")) {
            return new String(in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0"))), StandardCharsets.UTF_8);
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (int size = Integer.parseInt(line(in), 16); size > 0; size = Integer.parseInt(line(in), 16)) {
            body.write(in.readNBytes(size));
            line(in);
        }
        line(in);
        return body.toString(StandardCharsets.UTF_8);
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("the connection was closed after \"" + line + "\"");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
