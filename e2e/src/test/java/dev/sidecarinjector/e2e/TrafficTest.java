package dev.sidecarinjector.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Injected pods that run: our init container writes the rules, a real Envoy is the sidecar, and traffic goes through it. */
@OnCluster
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrafficTest {
    private static final Duration START = Duration.ofMinutes(5);

    private final KubernetesClient client;
    private final Cluster cluster;
    private Installation installation;

    TrafficTest(Cluster cluster) {
        this.cluster = cluster;
        this.client = cluster.client();
    }

    @BeforeAll
    void install() throws InterruptedException {
        installation = Installation.of(cluster, "");
    }

    @AfterAll
    void uninstall() {
        installation.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void trafficGoesThroughTheSidecar(String nativeSidecar) throws Exception {
        String namespace = "traffic-native-" + nativeSidecar;
        try (Workloads pods = Workloads.in(cluster, namespace, Map.of("istio-injection", "enabled"))) {
            Pod server = running(pods, "server", Map.of("sidecar.istio.io/nativeSidecar", nativeSidecar));
            boolean among = server.getSpec().getInitContainers().stream()
                    .anyMatch(container -> container.getName().equals("istio-proxy") && "Always".equals(container.getRestartPolicy()));
            assertThat(among).as("a native sidecar is an init container that stays").isEqualTo(nativeSidecar.equals("true"));
            Pod client = running(pods, "client", Map.of("sidecar.istio.io/inject", "false"));
            assertThat(Workloads.isInjected(client)).isFalse();

            String inbound = call(client, "http://" + server.getStatus().getPodIP() + ":8080/");
            assertThat(inbound).contains("hello");
            String outbound = call(server, "http://" + client.getStatus().getPodIP() + ":8080/");
            assertThat(outbound).contains("hello");
            String log = Eventually.get(Duration.ofSeconds(20), "both directions in the sidecar's access log",
                    () -> this.client.pods().resource(server).inContainer("istio-proxy").getLog(),
                    text -> text.contains("inbound-http") && text.contains("outbound-http"));
            assertThat(log.lines().filter(line -> line.contains("\"GET ") && line.contains(" 200 "))).hasSize(2);
        }
    }

    @Test
    void theInitContainerSaysWhatItLoaded() throws Exception {
        try (Workloads pods = Workloads.in(cluster, "init-log", Map.of("istio-injection", "enabled"))) {
            Pod pod = running(pods, "server", Map.of());
            ContainerStatus init = pod.getStatus().getInitContainerStatuses().getFirst();
            assertThat(init.getName()).isEqualTo("istio-init");
            assertThat(init.getState().getTerminated().getExitCode()).isZero();
            assertThat(client.pods().resource(pod).inContainer("istio-init").getLog()).contains("15001");
        }
    }

    /** A pod that is scheduled, and ready. */
    private Pod running(Workloads pods, String name, Map<String, String> annotations) throws InterruptedException {
        Pod pod = client.resource(pods.pod(name, Map.of("app", name)).editMetadata().withAnnotations(annotations).endMetadata().editSpec()
                .withNodeSelector(Map.of()).endSpec().build()).create();
        return Eventually.get(START, name + " is ready", () -> client.pods().resource(pod).get(),
                seen -> seen.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready") && condition.getStatus().equals("True")));
    }

    private String call(Pod from, String url) throws InterruptedException {
        return Eventually.get(Duration.ofSeconds(20), url + " answers", () -> {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (ExecWatch exec = client.pods().resource(from).inContainer("app").writingOutput(out).writingError(out).exec("timeout", "5",
                    "wget", "-qO-", url)) {
                exec.exitCode().get(10, TimeUnit.SECONDS);
            }
            return out.toString(StandardCharsets.UTF_8);
        }, text -> text.contains("hello"));
    }
}
