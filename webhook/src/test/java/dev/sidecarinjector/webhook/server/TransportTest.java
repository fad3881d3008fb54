package dev.sidecarinjector.webhook.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.webhook.admission.ClusterView;
import dev.sidecarinjector.webhook.certificate.ServingCertificate;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is below HTTP, and how a server starts and ends. */
class TransportTest {
    private static WebhookServer server;

    @BeforeAll
    static void start() {
        server = WebhookServer.start(ServerOptions.loopback(), new StubEngine(), ClusterView.NONE);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void modernTlsIsSpoken(String protocol) throws Exception {
        try (SSLSocket socket = socket(protocol)) {
            socket.startHandshake();
            assertThat(socket.getSession().getProtocol()).isEqualTo(protocol);
        }
    }

    /** Spoken by hand, since the JDK's client would refuse by itself. */
    @ParameterizedTest
    @ValueSource(bytes = {1, 2})
    void oldTlsIsRefusedByTheServer(byte minorVersion) throws Exception {
        ByteBuffer hello = ByteBuffer.allocate(52);
        hello.put(new byte[]{22, 3, 1, 0, 47}).put(new byte[]{1, 0, 0, 43}).put(new byte[]{3, minorVersion});
        hello.put(new byte[32]).put((byte) 0);
        hello.put(new byte[]{0, 4, (byte) 0xc0, 0x09, (byte) 0xc0, 0x13}).put(new byte[]{1, 0});
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port()); InputStream in = socket.getInputStream()) {
            socket.getOutputStream().write(hello.array());
            byte[] alert = in.readNBytes(7);
            assertThat(alert[0]).as("record of type alert").isEqualTo((byte) 21);
            assertThat(alert[6]).as("protocol_version (RFC 8446 section 6.2)").isEqualTo((byte) 70);
        }
    }

    @Test
    void plainHttpIsToldThatThePortSpeaksTls() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port()); InputStream in = socket.getInputStream()) {
            socket.getOutputStream().write("GET /healthz/ready HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
            assertThat(answer).startsWith("HTTP/1.1 400").contains("TLS");
        }
    }

    @Test
    void aClientThatTrustsOthersDoesNotConnect() {
        try (HttpClient stranger = HttpClient.newBuilder().sslContext(ServingCertificate.selfMade().clientContext()).build()) {
            assertThatThrownBy(() -> stranger.send(HttpRequest.newBuilder(server.uri()).build(), BodyHandlers.discarding()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void aTakenPortIsSaidClearly() {
        ServerOptions taken = new ServerOptions("127.0.0.1", server.port(), server.certificate(), Duration.ZERO);
        assertThatThrownBy(() -> WebhookServer.start(taken, new StubEngine(), ClusterView.NONE)).isInstanceOf(StartException.class)
                .hasMessageContaining("--host 127.0.0.1, --port " + server.port());
    }

    @Test
    void aHostThatIsNoneIsSaidClearly() {
        ServerOptions nowhere = new ServerOptions("no.such.host.invalid", 0, server.certificate(), Duration.ZERO);
        assertThatThrownBy(() -> WebhookServer.start(nowhere, new StubEngine(), ClusterView.NONE))
                .satisfies(e -> assertThat(root(e)).hasMessageContaining("no.such.host.invalid"));
    }

    @Test
    void aClosedServerDoesNotListen() {
        WebhookServer other = WebhookServer.start(ServerOptions.loopback(), new StubEngine(), ClusterView.NONE);
        int port = other.port();
        other.close();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close()).isInstanceOf(IOException.class);
    }

    private static Throwable root(Throwable e) {
        return e.getCause() == null ? e : root(e.getCause());
    }

    private static SSLSocket socket(String protocol) throws IOException {
        SSLSocket socket = (SSLSocket) server.clientContext().getSocketFactory().createSocket("127.0.0.1", server.port());
        socket.setEnabledProtocols(new String[]{protocol});
        return socket;
    }
}
