package dev.sidecarinjector.webhook.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.webhook.admission.ClusterView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Without {@code --otlp-endpoint} tracing costs nothing: in a process of its own that serves a review, no class of OpenTelemetry is loaded. */
class UntracedTest {
    @TempDir
    Path folder;

    @Test
    void noClassOfOpenTelemetryIsLoaded() throws Exception {
        Path loaded = folder.resolve("loaded");
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + loaded, "-cp", System.getProperty("java.class.path"), Once.class.getName())
                .redirectErrorStream(true).redirectOutput(folder.resolve("out").toFile()).start();
        try {
            assertThat(process.waitFor(300, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(Files.readString(folder.resolve("out"))).contains("served u-1");
        List<String> classes = Files.readAllLines(loaded);
        assertThat(classes).anyMatch(line -> line.contains(" dev.sidecarinjector.webhook.server.AdmissionServlet "));
        assertThat(classes).noneMatch(line -> line.contains(" io.opentelemetry."));
    }

    /** Serves one review with a trace, and its metrics. */
    static final class Once {
        private Once() {}

        public static void main(String[] args) throws Exception {
            try (WebhookServer server = WebhookServer.start(ServerOptions.loopback(), new StubEngine(), ClusterView.NONE);
                    KeptConnection connection = KeptConnection.to(server);
                    Client client = new Client(server)) {
                System.out.println("served " + connection.review(Reviews.v1(Reviews.POD)));
                client.get("/metrics");
            }
        }
    }
}
