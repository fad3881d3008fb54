package dev.sidecarinjector.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fabric8.kubernetes.api.model.NodeAddress;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every way that a connection can take, in pods that run: the template {@code envoy} as a user would choose it, rules by our init container, the kubelet's
 * own probes, and as witness what Envoy logs and counts. The pods are in {@code data-path.yaml}.
 */
@OnCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DataPathTest {
    private static final String NAMESPACE = "data-path";
    private static final Duration SHORT = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(3);
    /** What the application takes for its client when the proxy redirects. */
    private static final String PROXY = "127.0.0.6";
    private static final String CONNECTIONS = "envoy_listener_downstream_cx_total";
    private static final String OUTBOUND = "0.0.0.0_15001";
    private static final String INBOUND = "0.0.0.0_15006";

    private final KubernetesClient kubernetes;
    private final Cluster cluster;
    private final String node;
    private final String world;
    private Installation installation;
    private Workloads workloads;
    private RunningPod outside;
    private RunningPod client;
    private RunningPod server;

    DataPathTest(Cluster cluster) {
        this.cluster = cluster;
        this.kubernetes = cluster.client();
        this.node = kubernetes.nodes().list().getItems().getFirst().getStatus().getAddresses().stream()
                .filter(address -> address.getType().equals("InternalIP")).map(NodeAddress::getAddress)
                .filter(address -> !address.contains(":")).findFirst().orElseThrow();
        this.world = "http://" + node + ":18080";
    }

    @BeforeAll
    void startEverything() throws InterruptedException {
        installation = Installation.of(cluster,
                RunningPod.text("data-path-values.yaml", Map.of("proxy", Cluster.PROXY_IMAGE, "init", Cluster.INIT_IMAGE)));
        workloads = Workloads.in(cluster, NAMESPACE, Map.of("istio-injection", "enabled"));
        byte[] objects = RunningPod.text("data-path.yaml", Map.of("node", node)).getBytes(StandardCharsets.UTF_8);
        kubernetes.load(new ByteArrayInputStream(objects)).inNamespace(NAMESPACE).create();
        outside = ready("outside");
        client = ready("client");
        server = ready("server");
    }

    @AfterAll
    void stopEverything() {
        if (workloads != null) {
            workloads.close();
        }
        if (installation != null) {
            installation.close();
        }
    }

    @Test
    void theApplicationReachesTheWorldThroughTheProxy() throws Exception {
        long before = client.count("envoy_http_downstream_rq_total", "outbound");
        assertThat(client.fetch(world + "/?to-world")).isEqualTo("hello");
        assertThat(client.count("envoy_http_downstream_rq_total", "outbound")).isEqualTo(before + 1);
        assertThat(client.logged("/?to-world")).singleElement().asString().contains("outbound-http", " 200 ", "to=" + node + ":18080",
                "upstream=" + node + ":18080", "from=" + client.address() + ":");
    }

    @Test
    void aServerThatSpeaksFirstIsReachedAsTcp() throws Exception {
        // It keeps its end open, and says nothing.
        assertThat(client.run("sh", "-c",
                "mkfifo /tmp/silence; sleep 20 >/tmp/silence 2>/dev/null & exec timeout 15 nc " + node + " 18025 </tmp/silence"))
                .contains("220 ready");
        assertThat(client.logged("outbound-tcp", "to=" + node + ":18025")).singleElement().asString().contains("sent=10 ");
    }

    @Test
    void fromApplicationToApplicationThereAreTwoProxies() throws Exception {
        assertThat(client.fetch(url(server, "/cgi-bin/client?both"))).isEqualTo("[::ffff:127.0.0.6]");
        assertThat(client.logged("?both")).singleElement().asString().contains("outbound-http", "to=" + server.address() + ":8080");
        assertThat(server.logged("?both")).singleElement().asString().contains("inbound-http", " 200 ", "from=" + client.address() + ":",
                "upstream=" + server.address() + ":8080");
    }

    @Test
    void theWorldReachesTheApplicationThroughTheProxy() throws Exception {
        assertThat(outside.fetch(url(server, "/?from-world"))).isEqualTo("hello");
        assertThat(server.logged("?from-world")).singleElement().asString().contains("inbound-http", " 200 ").doesNotContain("from=127.");
    }

    @Test
    void whatIsExcludedPassesTheProxyBy() throws Exception {
        RunningPod excluding = ready("excluding");
        assertThat(excluding.fetch(url(server, "/?control"))).isEqualTo("hello");
        assertThat(excluding.logged("?control")).singleElement().asString().contains("outbound-http");
        long outbound = excluding.count(CONNECTIONS, OUTBOUND);
        long inbound = excluding.count(CONNECTIONS, INBOUND);
        assertThat(outbound).isPositive();

        assertThat(excluding.fetch(world + "/?excluded-range")).isEqualTo("hello");
        assertThat(excluding.fetch("http://" + server.address() + ":15090/stats/prometheus")).contains("envoy_server_live");
        assertThat(client.fetch(url(excluding, "/cgi-bin/client"))).isEqualTo("[::ffff:" + client.address() + "]");
        assertThat(excluding.count(CONNECTIONS, OUTBOUND)).isEqualTo(outbound);
        assertThat(excluding.count(CONNECTIONS, INBOUND)).isEqualTo(inbound);
    }

    @Test
    void theProxysOwnTrafficDoesNotComeBackToIt() throws Exception {
        long outbound = client.count(CONNECTIONS, OUTBOUND);
        long inbound = server.count(CONNECTIONS, INBOUND);
        long back = client.count(CONNECTIONS, INBOUND) + server.count(CONNECTIONS, OUTBOUND);
        assertThat(client.fetch(url(server, "/?once"))).isEqualTo("hello");
        assertThat(client.count(CONNECTIONS, OUTBOUND) - outbound).as("out of the client").isEqualTo(1);
        assertThat(server.count(CONNECTIONS, INBOUND) - inbound).as("into the server").isLessThanOrEqualTo(1);
        assertThat(server.logged("?once")).hasSize(1);
        // An application that talks to its own pod needs no proxy.
        assertThat(server.run("timeout", "10", "wget", "-qO-", url(server, "/cgi-bin/client"))).contains(server.address());
        assertThat(client.count(CONNECTIONS, INBOUND) + server.count(CONNECTIONS, OUTBOUND)).as("came back").isEqualTo(back);
        // Straight to the proxy's ports: refused at once, and not passed on to the same port again.
        for (String port : List.of("15001", "15006")) {
            long loops = server.count("envoy_tcp_downstream_cx_total", "loop");
            assertThat(outside.run("timeout", "10", "wget", "-qO-", "http://" + server.address() + ":" + port)).contains("wget: ");
            assertThat(server.count("envoy_tcp_downstream_cx_total", "loop") - loops).as("connections to port " + port).isEqualTo(1);
        }
    }

    @Test
    void probesAreRewrittenAndAnsweredForTheApplication() throws Exception {
        var probe = server.pod().getSpec().getContainers().stream().filter(container -> container.getName().equals("app")).findFirst()
                .orElseThrow().getReadinessProbe().getHttpGet();
        assertThat(probe.getPath()).isEqualTo("/app-health/app/readyz");
        assertThat(probe.getPort().getIntVal()).isEqualTo(15020);
        // The server is ready, so all of its probes were answered well; its liveness probe gets a redirection.
        Eventually.is(SHORT, "the kubelet goes on asking", () -> server.count("envoy_http_downstream_rq_total", "probes") > 10);
        assertThat(server.containers().get("app").getRestartCount()).isZero();
        assertThat(server.log()).doesNotContain("kube-probe");
        // Nobody answers here, which above all a connection must not hide that the proxy accepts.
        RunningPod silent = new RunningPod(kubernetes,
                Eventually.get(LONG, "the proxy of silent is ready",
                        () -> kubernetes.pods().inNamespace(NAMESPACE).withName("silent").require(),
                        pod -> pod.getStatus().getPodIP() != null && pod.getStatus().getInitContainerStatuses().stream()
                                .anyMatch(status -> status.getName().equals("istio-proxy") && Boolean.TRUE.equals(status.getReady()))));
        Eventually.is(SHORT, "the kubelet asks the three", () -> silent.count("envoy_http_downstream_rq_xx", "probes") > 6);
        assertThat(List.of("http", "tcp", "grpc")).noneMatch(name -> silent.containers().get(name).getReady());
    }

    @Test
    void withTproxyTheApplicationSeesItsClient() throws Exception {
        RunningPod tproxy = ready("tproxy");
        assertThat(client.fetch(url(tproxy, "/cgi-bin/client?tproxy"))).isEqualTo("[::ffff:" + client.address() + "]");
        assertThat(tproxy.logged("?tproxy")).singleElement().asString().contains("inbound-http", " 200 ", "from=" + client.address() + ":");
        assertThat(outside.fetch(url(tproxy, "/cgi-bin/client"))).startsWith("[::ffff:").doesNotContain(PROXY);
        assertThat(tproxy.fetch(world + "/?out-of-tproxy")).isEqualTo("hello");
        assertThat(tproxy.logged("?out-of-tproxy")).singleElement().asString().contains("outbound-http", " 200 ");
    }

    @Test
    void namesAreAskedOfWhatListensInThePod() throws Exception {
        RunningPod resolving = ready("resolving");
        // Its name server is an address where nobody is.
        assertThat(resolving.run("timeout", "10", "nslookup", "captured.example")).contains("203.0.113.77");
    }

    @Test
    void bothFamiliesAreCapturedWhereThePodHasBoth() throws Exception {
        RunningPod dual = ready("dual");
        assumeTrue(dual.address6().isPresent(), "the cluster has one family only");
        String six = "http://[" + dual.address6().orElseThrow() + "]:8080";
        String away = "http://[" + server.address6().orElseThrow() + "]:8080";
        assertThat(outside.fetch(six + "/cgi-bin/client?six")).isEqualTo("[::6]");
        assertThat(dual.logged("?six")).singleElement().asString().contains("inbound-http", " 200 ",
                "upstream=[" + dual.address6().orElseThrow() + "]:8080");
        assertThat(dual.fetch(away + "/?out-by-six")).isEqualTo("hello");
        assertThat(dual.logged("?out-by-six")).singleElement().asString().contains("outbound-http", " 200 ");
        assertThat(outside.fetch(url(dual, "/cgi-bin/client?four"))).isEqualTo("[::ffff:127.0.0.6]");
        assertThat(dual.logged("?four")).singleElement().asString().contains("inbound-http", "upstream=" + dual.address() + ":8080");
        assertThat(dual.fetch(world + "/?out-by-four")).isEqualTo("hello");
        assertThat(dual.logged("?out-by-four")).singleElement().asString().contains("outbound-http", "upstream=" + node + ":18080");
    }

    @Test
    void aJobEndsThoughItsSidecarWouldNot() throws Exception {
        Eventually.is(LONG, "the job has ended well", () -> {
            var status = kubernetes.batch().v1().jobs().inNamespace(NAMESPACE).withName("job").require().getStatus();
            return status.getSucceeded() != null && status.getSucceeded() == 1;
        });
        String pod = kubernetes.pods().inNamespace(NAMESPACE).withLabel("job-name", "job").list().getItems().getFirst().getMetadata()
                .getName();
        assertThat(kubernetes.pods().inNamespace(NAMESPACE).withName(pod).inContainer("app").getLog()).contains("hello");
        assertThat(kubernetes.pods().inNamespace(NAMESPACE).withName(pod).inContainer("istio-proxy").getLog()).contains("outbound-http");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "held"})
    void theApplicationsFirstRequestFindsTheProxy(String name) throws Exception {
        RunningPod pod = ready(name);
        assertThat(pod.run("cat", "/www/first")).isEqualTo("hello\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"excluding", "held"})
    void aProxyThatEndsComesBackAndTheRulesAreStillThere(String name) throws Exception {
        RunningPod pod = ready(name);
        int before = pod.containers().get("istio-proxy").getRestartCount();
        pod.run("timeout", "5", "wget", "-qO-", "--post-data", "", "http://127.0.0.1:15000/quitquitquit");
        Eventually.get(LONG, "the proxy of " + name + " runs again", () -> pod.containers().get("istio-proxy"),
                status -> status.getRestartCount() == before + 1 && status.getReady());
        assertThat(pod.fetch(url(server, "/?again-from-" + name))).isEqualTo("hello");
        assertThat(pod.logged("?again-from-" + name)).singleElement().asString().contains("outbound-http", " 200 ");
        assertThat(pod.containers().get("istio-init").getRestartCount()).isZero();
    }

    @Test
    void noRequestFailsWhilePodsAreReplaced() throws Exception {
        List<String> names = List.of("native", "regular");
        for (String name : names) {
            awaitRollout(name);
        }
        try (ServiceLoad captured = ServiceLoad.on(client, urls(names)); ServiceLoad direct = ServiceLoad.on(outside, urls(names))) {
            captured.awaitAnswers();
            direct.awaitAnswers();
            for (String name : names) {
                kubernetes.apps().deployments().inNamespace(NAMESPACE).withName(name).rolling().restart();
            }
            for (String name : names) {
                awaitRollout(name);
            }
            assertThat(captured.end()).as("through the client's proxy").containsPattern("^\\d+ answers, 0 failures");
            assertThat(direct.end()).as("from outside").containsPattern("^\\d+ answers, 0 failures");
        }
    }

    private List<String> urls(List<String> services) {
        return services.stream().map(name -> kubernetes.services().inNamespace(NAMESPACE).withName(name).require().getSpec().getClusterIP())
                .map(address -> "http://" + address + "/").toList();
    }

    /** Until pods of the newest kind are ready, and none of an earlier kind is left, not even one that is leaving. */
    private void awaitRollout(String name) throws InterruptedException {
        var deployment = kubernetes.apps().deployments().inNamespace(NAMESPACE).withName(name);
        Eventually.is(LONG, "deployment " + name + " is rolled out", () -> {
            var status = deployment.require().getStatus();
            return deployment.require().getMetadata().getGeneration().equals(status.getObservedGeneration())
                    && Integer.valueOf(1).equals(status.getUpdatedReplicas()) && Integer.valueOf(1).equals(status.getReadyReplicas())
                    && kubernetes.pods().inNamespace(NAMESPACE).withLabel("app", name).list().getItems().size() == 1;
        });
    }

    private RunningPod ready(String name) throws InterruptedException {
        return RunningPod.ready(kubernetes, NAMESPACE, name);
    }

    private static String url(RunningPod pod, String path) {
        return "http://" + pod.address() + ":8080" + path;
    }
}
