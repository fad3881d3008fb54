package dev.sidecarinjector.webhook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.webhook.admission.ClusterView;
import dev.sidecarinjector.webhook.certificate.ServedCertificate;
import dev.sidecarinjector.webhook.certificate.ServingCertificate;
import dev.sidecarinjector.webhook.certificate.TrustBundle;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** The certificate of a listening port is exchanged: no connection ends, and every handshake shows one whole certificate. */
class CertificateSwapTest {
    private static final List<ServingCertificate> CERTIFICATES = List.of(ServingCertificate.selfMade(), ServingCertificate.selfMade(),
            ServingCertificate.selfMade());

    @Test
    void connectionsOutliveAHundredSwapsAndNewOnesShowTheNewCertificate() throws Exception {
        ServedCertificate served = new ServedCertificate(CERTIFICATES.getFirst());
        try (WebhookServer server = start(served); SSLSocket kept = connect(server, trustingAll(), "TLSv1.3")) {
            get(kept);
            for (int swap = 0; swap < 100; swap++) {
                ServingCertificate next = CERTIFICATES.get(swap % CERTIFICATES.size());
                served.show(next);
                get(kept);
                // A client that trusts only the new one.
                try (SSLSocket fresh = connect(server, next.clientContext(), swap % 2 == 0 ? "TLSv1.3" : "TLSv1.2")) {
                    get(fresh);
                    assertThat(fresh.getSession().getPeerCertificates()[0]).isEqualTo(next.certificates().getFirst());
                }
            }
        }
    }

    @Test
    void aClientThatResumesItsSessionConnectsAfterASwap() throws Exception {
        ServedCertificate served = new ServedCertificate(CERTIFICATES.getFirst());
        try (WebhookServer server = start(served)) {
            for (String protocol : List.of("TLSv1.3", "TLSv1.2")) {
                SSLContext client = trustingAll();
                for (int i = 0; i < 20; i++) {
                    try (SSLSocket socket = connect(server, client, protocol)) {
                        get(socket);
                    }
                    if (i % 3 == 0) {
                        served.show(CERTIFICATES.get(i % CERTIFICATES.size()));
                        served.show(CERTIFICATES.get((i + 1) % CERTIFICATES.size()));
                    }
                }
            }
        }
    }

    @Test
    void handshakesDuringSwapsNeverMixTwo() throws Exception {
        ServedCertificate served = new ServedCertificate(CERTIFICATES.getFirst());
        AtomicBoolean over = new AtomicBoolean();
        try (WebhookServer server = start(served); ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> handshakes = () -> {
                int done = 0;
                SSLContext client = trustingAll();
                for (; done < 60; done++) {
                    try (SSLSocket socket = connect(server, client, "TLSv1.3")) {
                        get(socket);
                    }
                }
                return done;
            };
            List<Future<Integer>> clients = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                clients.add(threads.submit(handshakes));
            }
            Future<Integer> swapper = threads.submit(() -> {
                int swaps = 0;
                while (!over.get()) {
                    served.show(CERTIFICATES.get(++swaps % CERTIFICATES.size()));
                    Thread.sleep(0, 200_000);
                }
                return swaps;
            });
            for (Future<Integer> client : clients) {
                assertThat(client.get()).isEqualTo(60);
            }
            over.set(true);
            assertThat(swapper.get()).isGreaterThan(10);
        }
    }

    private static WebhookServer start(ServedCertificate served) {
        return WebhookServer.start(new ServerOptions("127.0.0.1", 0, served, Duration.ZERO), new StubEngine(), ClusterView.NONE);
    }

    private static SSLContext trustingAll() {
        TrustBundle all = CERTIFICATES.stream().map(ServingCertificate::trusted).reduce(TrustBundle.NONE, TrustBundle::and);
        return new ServingCertificate(CERTIFICATES.getFirst().chain(), CERTIFICATES.getFirst().key(), all.pem()).clientContext();
    }

    private static SSLSocket connect(WebhookServer server, SSLContext trusting, String protocol) throws IOException {
        URI uri = server.uri();
        SSLSocket socket = (SSLSocket) trusting.getSocketFactory().createSocket(uri.getHost(), uri.getPort());
        socket.setEnabledProtocols(new String[]{protocol});
        socket.setSoTimeout(20_000);
        socket.startHandshake();
        return socket;
    }

    private static void get(SSLSocket socket) throws IOException {
        socket.getOutputStream().write("GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = socket.getInputStream().read();
            assertThat(next).as("the connection stands; so far: %s", head).isNotNegative();
            head.append((char) next);
        }
        assertThat(head).startsWith("HTTP/1.1 404");
        String length = head.toString().replaceAll("(?is).*content-length: (\\d+).*", "$1");
        socket.getInputStream().readNBytes(length.matches("\\d+") ? Integer.parseInt(length) : 0);
    }
}
