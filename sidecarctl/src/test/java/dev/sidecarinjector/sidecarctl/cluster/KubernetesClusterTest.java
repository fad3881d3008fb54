package dev.sidecarinjector.sidecarctl.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.sidecarctl.Cluster;
import dev.sidecarinjector.sidecarctl.ClusterSettings;
import dev.sidecarinjector.sidecarctl.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class KubernetesClusterTest {
    private static final String WEBHOOKS = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations?labelSelector=istio.io%2Frev%3Ddefault";

    @TempDir
    Path folder;
    private final FakeApiServer server = new FakeApiServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aValueOfAConfigMapIsRead() throws IOException {
        server.answering("/api/v1/namespaces/mesh/configmaps/istio-canary",
                "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"istio-canary\"},\"data\":{\"mesh\":\"trustDomain: x\"}}");
        try (Cluster cluster = connect()) {
            assertThat(cluster.configMapValue("istio-canary", "mesh")).isEqualTo("trustDomain: x");
            assertThatThrownBy(() -> cluster.configMapValue("istio-canary", "values")).isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("mesh/istio-canary has no key values");
            assertThatThrownBy(() -> cluster.configMapValue("absent", "mesh")).isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("no ConfigMap mesh/absent");
        }
    }

    @Test
    void nodesAreReadWithTheirKubelets() throws IOException {
        server.answering("/api/v1/nodes", """
                {"apiVersion":"v1","kind":"NodeList","items":[
                  {"metadata":{"name":"a"},"status":{"nodeInfo":{"kubeletVersion":"v1.33.1"}}},
                  {"metadata":{"name":"b"},"status":{"nodeInfo":{"kubeletVersion":"v1.28.0"}}}]}""");
        try (Cluster cluster = connect()) {
            assertThat(cluster.nodes()).isEqualTo(Map.of("a", "v1.33.1", "b", "v1.28.0"));
        }
    }

    @Test
    void whatMayNotBeReadIsMissing() throws IOException {
        server.refusing("/api/v1/nodes", 403).refusing(WEBHOOKS, 403);
        try (Cluster cluster = connect()) {
            assertThat(cluster.nodes()).isNull();
            assertThat(cluster.webhook("")).isNull();
        }
    }

    @Test
    void theInjectionWebhookOfTheRevisionIsFound() throws IOException {
        server.answering(WEBHOOKS, """
                {"apiVersion":"admissionregistration.k8s.io/v1","kind":"MutatingWebhookConfigurationList","items":[
                  {"metadata":{"name":"x"},"webhooks":[
                    {"name":"other.example.org","clientConfig":{"url":"https://127.0.0.1:1/no"}},
                    {"name":"rev.namespace.sidecar-injector.istio.io","clientConfig":{"url":"https://127.0.0.1:1/inject"}}]}]}""");
        try (Cluster cluster = connect()) {
            assertThat(cluster.webhook("")).isNotNull();
        }
    }

    @Test
    @Timeout(20)
    void aClusterThatDoesNotAnswerIsReportedSoon() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Path kubeconfig = FakeApiServer.kubeconfig(folder, silent.getLocalPort());
            long start = System.nanoTime();
            try (Cluster cluster = connect(kubeconfig)) {
                assertThatThrownBy(() -> cluster.configMapValue("istio", "mesh")).isInstanceOf(CommandFailure.class)
                        .hasMessageContaining("cannot be reached").hasMessageContaining("--offline");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(12));
        }
    }

    @Test
    void aClusterThatIsNotThereIsReportedAtOnce() throws IOException {
        int port;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = closed.getLocalPort();
        }
        try (Cluster cluster = connect(FakeApiServer.kubeconfig(folder, port))) {
            assertThatThrownBy(() -> cluster.configMapValue("istio", "mesh")).isInstanceOf(CommandFailure.class)
                    .hasMessageContaining("cannot be reached").hasMessageContaining("127.0.0.1:" + port);
        }
    }

    @Test
    void withoutAKubeconfigThereIsNoCluster() {
        assertThat(new Kubeconfig().connect(settings(null, Map.of("HOME", folder.toString())))).isNull();
        assertThat(new Kubeconfig().connect(settings(null, Map.of("KUBECONFIG", folder.resolve("absent").toString())))).isNull();
    }

    private Cluster connect() throws IOException {
        return connect(server.kubeconfig(folder));
    }

    private static Cluster connect(Path kubeconfig) {
        Cluster cluster = new Kubeconfig().connect(settings(kubeconfig, Map.of()));
        assertThat(cluster).isNotNull();
        return cluster;
    }

    private static ClusterSettings settings(@Nullable Path kubeconfig, Map<String, String> variables) {
        return new ClusterSettings(kubeconfig, null, null, null, null, "mesh", null, variables);
    }
}
