package dev.sidecarinjector.webhook.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.webhook.admission.ClusterView;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code --client-ca}: reviews of the API server only. */
class ClientCheckTest {
    private static final StubEngine ENGINE = new StubEngine();
    private static Authority authority;
    private static WebhookServer server;

    @BeforeAll
    static void start() throws Exception {
        authority = new Authority();
        ServerOptions warmed = new ServerOptions("127.0.0.1", 0, ServerOptions.loopback().certificate(), Duration.ofMillis(300));
        server = WebhookServer.start(warmed.withClientAuthority(authority.pem()), ENGINE, ClusterView.NONE);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void theWarmUpPasses() {
        assertThat(ENGINE.seen.get()).isNotNull();
    }

    @Test
    void aClientOfTheAuthorityIsServed() throws Exception {
        HttpResponse<String> response = post(authority.client(server.certificate().authority()), "/inject");
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).contains("\"allowed\":true");
    }

    @Test
    void aClientWithoutCertificateIsToldWhatIsMissing() throws Exception {
        HttpResponse<String> response = post(server.clientContext(), "/inject");
        assertThat(response.statusCode()).isEqualTo(403);
        assertThat(response.body()).contains("\"kind\":\"Status\"", "\"Forbidden\"", "no client certificate", "--client-ca");
    }

    @Test
    void aHeaderThatNamesTheWarmUpOpensNothing() throws Exception {
        try (HttpClient http = HttpClient.newBuilder().sslContext(server.clientContext()).build()) {
            HttpRequest request = HttpRequest.newBuilder(server.uri()).header("X-Warm-Up", "guessed")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(Reviews.v1(Reviews.POD))).build();
            assertThat(http.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void aKubeletMayAskWhetherItIsReady() throws Exception {
        try (Client kubelet = new Client(server)) {
            assertThat(kubelet.get("/healthz/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aClientOfAnotherAuthorityDoesNotConnect() throws Exception {
        SSLContext stranger = new Authority().client(server.certificate().authority());
        assertThatThrownBy(() -> post(stranger, "/inject")).isInstanceOf(IOException.class);
    }

    @Test
    void anAuthorityThatIsNoneIsSaidClearly() {
        ServerOptions options = ServerOptions.loopback().withClientAuthority("nothing");
        assertThatThrownBy(() -> WebhookServer.start(options, ENGINE, ClusterView.NONE)).isInstanceOf(StartException.class)
                .hasMessageContaining("--client-ca");
    }

    private static HttpResponse<String> post(SSLContext context, String path) throws Exception {
        try (HttpClient http = HttpClient.newBuilder().sslContext(context).build()) {
            return http.send(HttpRequest.newBuilder(server.uri().resolve(path)).header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(Reviews.v1(Reviews.POD))).build(), BodyHandlers.ofString());
        }
    }
}
