package dev.sidecarinjector.sidecarctl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.yaml.YamlReader;
import dev.sidecarinjector.sidecarctl.cluster.FakeApiServer;
import dev.sidecarinjector.sidecarctl.cluster.Kubeconfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What the commands ask of a cluster, and what they do when it does not answer. */
class ClusterCommandsTest {
    private static final String REGISTRATIONS = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";
    private static final String OF_REVISION = REGISTRATIONS + "?labelSelector=istio.io%2Frev%3Ddefault";
    private static final String POD = """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "web", "namespace": "shop"}, "spec": {"containers": [{"name": "web", "image": "web"}]}}
            """;
    private static final String SERVICE = "kind: Service\nmetadata: {name: s}\n";
    private static final String CONFIG = """
            policy: enabled
            templates:
              sidecar: |
                spec:
                  containers:
                  - name: istio-proxy
                    image: proxy:{{ .Values.tag }}
                    args: [{{ protoToJSON .ProxyConfig | quote }}]
            """;
    private static final String PROXY_CONFIGS = "/apis/networking.istio.io/v1beta1/namespaces/%s/proxyconfigs";
    private static final String OPTED_OUT = POD.replace("\"name\": \"web\", \"namespace\"",
            "\"labels\": {\"sidecar.istio.io/inject\": \"false\"}, \"name\": \"web\", \"namespace\"");

    @TempDir
    Path folder;
    private final FakeApiServer server = new FakeApiServer();

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theClusterIsAskedForNothingWhereNoPodNeedsIt() throws IOException {
        assertThat(run(SERVICE, "kube-inject", "-f", "-").out()).isEqualTo(SERVICE + "---\n");
        assertThat(run(SERVICE, "uninject", "-f", "-").out()).isEqualTo(SERVICE + "---\n");
        assertThat(run(SERVICE, "diff", "-f", "-").status()).isZero();
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void theClusterIsAskedForNothingThatIsGiven() throws IOException {
        files();
        String[] sources = {"-f", "-", "--injectConfigFile", "config", "--valuesFile", "values", "--meshConfigFile", "mesh"};
        for (String command : new String[]{"kube-inject", "diff", "uninject"}) {
            assertThat(run(POD, with(sources, command)).err()).as(command).doesNotContain("Error");
        }
        Run explained = run(POD,
                with(sources, "explain", "--registration", "registration", "--namespace-labels", "istio-injection=enabled"));
        assertThat(explained.out()).as(explained.err()).contains("\"shop/web\": injected");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void whereTheWebhookCannotBeReachedTheClustersConfigurationIsUsedHereAndThatIsSaid() throws IOException {
        cluster();
        Run run = run(POD + "---\n" + POD, "kube-inject", "-f", "-");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out().split("proxy:7", -1)).hasSize(3);
        assertThat(run.err()).containsOnlyOnce("===> Note: the cluster's webhook could not be asked").contains("this program injects");
    }

    @Test
    void aWebhookThatAnswersIsUsedAndThatIsSaid() {
        Environment environment = Environment.of(folder).withClusters(_ -> new StubCluster(review -> {
            ObjectNode answer = JsonMapper.shared().createObjectNode();
            // [{"op":"add","path":"/spec/priority","value":1}]
            answer.putObject("response").put("allowed", true).put("patch",
                    "W3sib3AiOiJhZGQiLCJwYXRoIjoiL3NwZWMvcHJpb3JpdHkiLCJ2YWx1ZSI6MX1d");
            return answer;
        }));
        Run run = Run.of(environment, POD, "kube-inject", "-f", "-");
        assertThat(YamlReader.read(run.out()).at("/spec/priority").intValue()).isOne();
        assertThat(run.err()).contains("===> Note: injected by the cluster's webhook");
    }

    /** Half a stream from the webhook and half from here would be neither. */
    @Test
    void aWebhookThatGoesAwayInBetweenEndsTheRun() {
        int[] calls = {0};
        Environment environment = Environment.of(folder).withClusters(_ -> new StubCluster(_ -> {
            if (calls[0]++ > 0) {
                throw new Cluster.UnreachableException("gone");
            }
            ObjectNode answer = JsonMapper.shared().createObjectNode();
            answer.putObject("response").put("allowed", true);
            return answer;
        }));
        Run run = Run.of(environment, POD + "---\n" + POD, "kube-inject", "-f", "-");
        assertThat(run.status()).isOne();
        assertThat(run.err()).contains("answered before and does not any more: gone");
    }

    @Test
    void aLivePodIsExplained() throws IOException {
        cluster();
        server.answering("/api/v1/namespaces/shop/pods/web", POD.replace("\"name\": \"web\", \"namespace\"",
                "\"annotations\": {\"sidecar.istio.io/status\": \"{\\\"containers\\\":[\\\"istio-proxy\\\"],\\\"revision\\\":\\\"canary\\\"}\"},"
                        + " \"name\": \"web\", \"namespace\""));
        Run run = run("", "explain", "pod/web", "-n", "shop");
        assertThat(run.status()).as(run.err()).isZero();
        assertThat(run.out()).startsWith("Pod \"shop/web\": injected, because")
                .contains("was injected by revision canary: containers istio-proxy")
                .contains("registrations: cluster").contains("istio-injection=enabled");
        assertThat(server.requests()).contains("/api/v1/namespaces/shop").noneMatch(request -> request.contains("secrets"));
    }

    @Test
    void aWorkloadIsExplainedAsJson() throws IOException {
        cluster();
        server.answering("/apis/apps/v1/namespaces/shop/deployments/web",
                """
                {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "web", "namespace": "shop"},
                 "spec": {"template": {"metadata": {"labels": {"sidecar.istio.io/inject": "false"}}, "spec": {"containers": [{"name": "web"}]}}}}""");
        Run run = run("", "explain", "deploy/web", "-n", "shop", "-o", "json");
        JsonNode explained = JsonMapper.shared().readTree(run.out()).path(0);
        assertThat(explained.path("verdict").asString()).isEqualTo("not_injected");
        assertThat(explained.at("/registration/asked").asString()).isEqualTo("no");
        assertThat(explained.at("/registration/entries/0/checks/2/detail").asString())
                .contains("sidecar.istio.io/inject!=false (is \"false\")");
        assertThat(explained.at("/flips/0/0").asString()).isEqualTo("give the pod the label sidecar.istio.io/inject=true");
    }

    /** As the webhook reads them: those of the root namespace, over them those of the pod's, over them those whose selector matches. */
    @Test
    void proxyConfigsOfTheClusterHoldForEveryCommandAndAreAskedForOnce() throws IOException {
        cluster();
        server.answering(PROXY_CONFIGS.formatted("istio-system"), proxyConfig("istio-system", 3, "ROOT"))
                .answering(PROXY_CONFIGS.formatted("shop"), proxyConfig("shop", 5, "SHOP"));
        Run injected = run(POD + "---\n" + POD, "kube-inject", "-f", "-");
        assertThat(injected.out()).as(injected.err()).contains("\"concurrency\":5", "\"SHOP\":\"x\"", "\"ROOT\":\"x\"");
        assertThat(server.requests()).filteredOn(request -> request.contains("proxyconfigs"))
                .containsExactlyInAnyOrder(PROXY_CONFIGS.formatted("istio-system"), PROXY_CONFIGS.formatted("shop"));

        assertThat(run(POD, "diff", "-o", "unified", "-f", "-").out()).contains("ROOT");
        assertThat(run(POD, "explain", "-f", "-").out()).containsSubsequence("ProxyConfig istio-system/settings: {", "\"concurrency\":3",
                "ProxyConfig shop/settings: {", "\"concurrency\":5");
        assertThat(run(POD, "explain", "-f", "-", "-o", "json").out()).contains("\"proxyConfigs\"", "\"shop/settings\"");
        String first = injected.out().substring(0, injected.out().indexOf("---"));
        Run back = run(first, "uninject", "-f", "-");
        assertThat(back.status()).as(back.err()).isZero();
        assertThat(back.out()).doesNotContain("istio-proxy");
    }

    @Test
    void proxyConfigsAreNotAskedForWhereNoPodIsInjected() throws IOException {
        cluster();
        for (String command : new String[]{"kube-inject", "diff", "explain", "uninject"}) {
            Run run = run(OPTED_OUT, command, "-f", "-");
            assertThat(run.err()).as(command).doesNotContain("Error");
        }
        assertThat(server.requests()).noneMatch(request -> request.contains("proxyconfigs"));
    }

    @Test
    void proxyConfigsThatMayNotBeReadAreANote() throws IOException {
        cluster();
        server.refusing(PROXY_CONFIGS.formatted("shop"), 403);
        for (String command : new String[]{"kube-inject", "diff", "explain"}) {
            Run run = run(POD, command, "-f", "-");
            assertThat(run.out()).as(run.err()).contains(command.equals("explain") ? "injected, because" : "istio-proxy");
            assertThat(run.err()).as(command).containsOnlyOnce("===> Note: the ProxyConfig resources of the namespace shop may not be read")
                    .doesNotContain("istio-system may not");
        }
    }

    @Test
    void aProxyConfigThatCannotBeUsedIsLeftOutWithAWarning() throws IOException {
        cluster();
        server.answering(PROXY_CONFIGS.formatted("shop"),
                proxyConfig("shop", 5, "SHOP").replace("\"concurrency\":5", "\"concurrency\":\"many\""));
        Run run = run(POD, "kube-inject", "-f", "-");
        assertThat(run.out()).as(run.err()).contains("istio-proxy").doesNotContain("SHOP");
        assertThat(run.err()).contains("the ProxyConfig shop/settings cannot be used and is left out");
    }

    private static String proxyConfig(String namespace, int concurrency, String variable) {
        return """
                {"kind": "ProxyConfigList", "items": [{"metadata": {"namespace": "%s", "name": "settings", "creationTimestamp": "2026-01-01T00:00:00Z"},
                 "spec": {"concurrency":%d, "environmentVariables": {"%s": "x"}}}]}""".formatted(namespace, concurrency, variable);
    }

    @Test
    void whatDoesNotExistIsNamed() throws IOException {
        cluster();
        Run run = run("", "explain", "pod/nobody", "-n", "shop");
        assertThat(run.status()).isOne();
        assertThat(run.err()).contains("pod/nobody does not exist in the namespace shop");
        assertThat(run("", "explain", "service/web").status()).isEqualTo(64);
        assertThat(run("", "explain", "pod/../x").status()).isEqualTo(64);
    }

    @Test
    @Timeout(60)
    void aClusterThatNeverAnswersEndsEveryCommandSoon() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String kubeconfig = FakeApiServer.kubeconfig(folder, silent.getLocalPort()).toString();
            for (String command : new String[]{"kube-inject", "uninject", "explain"}) {
                String manifest = command.equals("uninject")
                        ? POD.replace("\"name\": \"web\", \"namespace\"",
                                "\"annotations\": {\"sidecar.istio.io/status\": \"{}\"}, \"name\": \"web\", \"namespace\"")
                        : POD;
                Run run = Run.of(environment(), manifest, command, "-f", "-", "--kubeconfig", kubeconfig);
                assertThat(run.status()).as(command).isOne();
                assertThat(run.err()).as(command).contains("cannot be reached").contains("--offline");
            }
        }
    }

    private void cluster() {
        server.answering(OF_REVISION, registrations("https://127.0.0.1:1/inject"))
                .answering(REGISTRATIONS, registrations("https://127.0.0.1:1/inject"))
                .answering("/api/v1/namespaces/istio-system/configmaps/istio-sidecar-injector",
                        configMap("config", CONFIG, "values", "tag: 7\nglobal: {proxy: {logLevel: info}}\n"))
                .answering("/api/v1/namespaces/istio-system/configmaps/istio", configMap("mesh", "", "meshNetworks", ""))
                .answering("/api/v1/namespaces/shop",
                        "{\"kind\":\"Namespace\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"shop\",\"labels\":{\"istio-injection\":\"enabled\"}}}")
                .answering("/api/v1/nodes", "{\"kind\":\"NodeList\",\"apiVersion\":\"v1\",\"items\":[]}");
    }

    private void files() throws IOException {
        Files.writeString(folder.resolve("config"), CONFIG);
        Files.writeString(folder.resolve("values"), "tag: 7\n");
        Files.writeString(folder.resolve("mesh"), "");
        Files.writeString(folder.resolve("registration"), "kind: MutatingWebhookConfiguration\n"
                + JsonMapper.shared().readTree(registrations("https://x/")).at("/items/0").properties().stream()
                        .map(field -> field.getKey() + ": " + field.getValue()).reduce("", (a, b) -> a + b + "\n"));
    }

    private static String registrations(String url) {
        return """
                {"apiVersion": "admissionregistration.k8s.io/v1", "kind": "MutatingWebhookConfigurationList", "items": [
                  {"metadata": {"name": "injector", "labels": {"istio.io/rev": "default"}}, "webhooks": [
                    {"name": "namespace.sidecar-injector.istio.io", "clientConfig": {"url": "%s"},
                     "rules": [{"operations": ["CREATE"], "apiGroups": [""], "apiVersions": ["v1"], "resources": ["pods"]}],
                     "namespaceSelector": {"matchLabels": {"istio-injection": "enabled"}},
                     "objectSelector": {"matchExpressions": [{"key": "sidecar.istio.io/inject", "operator": "NotIn", "values": ["false"]}]}}]}]}"""
                .formatted(url);
    }

    private static String configMap(String... data) {
        ObjectNode map = JsonMapper.shared().createObjectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
        map.putObject("metadata").put("name", "x");
        for (int i = 0; i < data.length; i += 2) {
            map.withObject("data").put(data[i], data[i + 1]);
        }
        return map.toString();
    }

    private Run run(String input, String... args) throws IOException {
        return Run.of(environment(), input, with(new String[]{"--kubeconfig", server.kubeconfig(folder).toString()}, args));
    }

    private Environment environment() {
        return Environment.of(folder).withClusters(new Kubeconfig()).withVariables(Map.of("HOME", folder.toString()));
    }

    private static String[] with(String[] last, String... first) {
        String[] all = Arrays.copyOf(first, first.length + last.length);
        System.arraycopy(last, 0, all, first.length, last.length);
        return all;
    }
}
