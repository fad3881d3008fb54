package dev.sidecarinjector.sidecarctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.fixtures.Corpus;
import dev.sidecarinjector.fixtures.NamedPorts;
import dev.sidecarinjector.fixtures.YamlTrees;
import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.injection.schema.PodShape;
import dev.sidecarinjector.templates.ShippedTemplates;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code uninject} of what a real API server stores: dry runs, so nothing is left there. */
@EnabledIfEnvironmentVariable(named = UninjectOnApiServerTest.KUBECONFIG, matches = ".+", disabledReason = "not run: "
        + UninjectOnApiServerTest.KUBECONFIG + " names no kubeconfig of a cluster to try on")
class UninjectOnApiServerTest {
    static final String KUBECONFIG = "SIDECAR_INJECTOR_TEST_KUBECONFIG";
    private static final Map<String, String> PATHS = Map.of("Pod", "/api/v1/namespaces/default/pods", "Deployment",
            "/apis/apps/v1/namespaces/default/deployments", "StatefulSet", "/apis/apps/v1/namespaces/default/statefulsets", "DaemonSet",
            "/apis/apps/v1/namespaces/default/daemonsets", "Job", "/apis/batch/v1/namespaces/default/jobs", "CronJob",
            "/apis/batch/v1/namespaces/default/cronjobs");
    private static KubernetesClient client;

    @TempDir
    Path folder;

    @BeforeAll
    static void connect() {
        Config config = Config.fromKubeconfig(Path.of(System.getenv(KUBECONFIG)).toFile());
        config.setRequestTimeout(60_000);
        config.setConnectionTimeout(60_000);
        client = new KubernetesClientBuilder().withConfig(config).build();
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    /** The pod passes the API server, the webhook, and the API server again. */
    @TestFactory
    Stream<DynamicTest> podsThatPassedTheWebhook() {
        Features features = new Features(Features.NativeMode.AUTO, "", false, "default", Map.of());
        Injector injector = new Injector(
                Configuration.load(ShippedTemplates.config(), ShippedTemplates.values(), ShippedTemplates.mesh(), features));
        return Stream.of("deployment-plain", "pod-native-sidecar", "pod-own-proxy", "prometheus", "job")
                .flatMap(name -> Corpus.pods(name).stream().map(pod -> DynamicTest.dynamicTest(name, () -> {
                    ObjectNode seen = stored(named(pod));
                    ObjectNode live = stored(
                            Objects.requireNonNull(injector.inject(seen, InjectionContext.webhook("default", Map.of())).pod()));
                    assertThat(Stream.of("/spec/containers", "/spec/initContainers").flatMap(list -> live.at(list).valueStream()))
                            .as("what the API server does after the webhook").anySatisfy(container -> {
                                assertThat(container.path("name").asString()).isEqualTo("istio-proxy");
                                assertThat(container.path("volumeMounts").toString()).contains("kube-api-access-");
                            });
                    assertThat(uninjected(live)).isEqualTo(comparable(seen));
                })));
    }

    /** The manifest passes kube-inject, and the API server afterwards. */
    @TestFactory
    Stream<DynamicTest> workloadsThatPassedKubeInject() {
        return Stream.of("deployment-plain", "statefulset-volumes", "cronjob", "pod-own-proxy", "prometheus")
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    ObjectNode manifest = named(Corpus.manifest(name));
                    Run injected = run(manifest.toString(), "kube-inject");
                    ObjectNode live = stored((ObjectNode) YamlTrees.readAll(injected.out()).getFirst());
                    assertThat(live.toString()).contains("istio-proxy");
                    JsonNode back = YamlTrees.readAll(run(live.toString(), "uninject").out()).getFirst();
                    // What the author had not written is not there either way, so that both are stored once more.
                    assertThat(comparable(stored(bare(back)))).isEqualTo(comparable(stored(manifest)));
                }));
    }

    private JsonNode uninjected(ObjectNode live) {
        return comparable(YamlTrees.readAll(run(live.toString(), "uninject").out()).getFirst());
    }

    private Run run(String manifest, String command) {
        Run run = Run.of(Environment.of(folder), manifest, command, "--offline", "-f", "-");
        assertThat(run.status()).as(run.err()).isZero();
        return run;
    }

    private static ObjectNode named(ObjectNode object) {
        object.withObject("metadata").put("namespace", "default").remove("generateName");
        if (!object.path("metadata").hasNonNull("name")) {
            object.withObject("metadata").put("name", "x");
        }
        if (object.path("kind").asString().equals("Pod")) {
            object.withObject("spec").remove("serviceAccountName");
        }
        return object;
    }

    private static ObjectNode stored(ObjectNode object) {
        String path = PATHS.get(object.path("kind").asString());
        return (ObjectNode) JsonMapper.shared().readTree(client.raw(path + "?dryRun=All", "POST", object.toString()));
    }

    /** Without what each dry run makes anew, and plain in what an injected pod does not tell: the names of probes' ports, the proxy's own place. */
    private static JsonNode comparable(JsonNode object) {
        ObjectNode comparable = bare(object);
        PodShape.printable(comparable);
        comparable.findValues("containers").forEach(containers -> {
            containers.forEach(NamedPorts::resolve);
            for (int i = 0; i < containers.size() - 1; i++) {
                if (containers.get(i).path("name").asString().equals("istio-proxy")) {
                    ((ArrayNode) containers).add(((ArrayNode) containers).remove(i));
                }
            }
        });
        return JsonMapper.shared().readTree(comparable.toString().replaceAll("kube-api-access-[a-z0-9]+", "kube-api-access"));
    }

    private static ObjectNode bare(JsonNode object) {
        ObjectNode bare = (ObjectNode) object.deepCopy();
        bare.withObject("metadata").remove(List.of("uid", "creationTimestamp", "managedFields", "generation", "resourceVersion"));
        bare.remove("status");
        return bare;
    }
}
