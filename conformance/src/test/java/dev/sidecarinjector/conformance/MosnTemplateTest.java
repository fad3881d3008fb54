package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sidecarinjector.fixtures.RandomPods;
import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.injection.config.Features.NativeMode;
import dev.sidecarinjector.templates.ShippedTemplates;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the template mosn makes: a pod, and a bootstrap in it that MOSN's own configuration model has room for. Nothing is run here. */
class MosnTemplateTest {
    private static final String BOOTSTRAP = "mosn.sidecarinjector.dev/bootstrap";
    private static final String POD = """
            {"apiVersion": "v1", "kind": "Pod", "metadata": {"name": "a", "annotations": {}}, "spec": {"containers": [{"name": "web", "image": "web"}]}}""";
    private static Schema model;

    @BeforeAll
    static void readTheModel() throws IOException {
        try (InputStream in = MosnTemplateTest.class.getResourceAsStream("/mosn.schema.json")) {
            model = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), InputFormat.JSON);
        }
    }

    private static ObjectNode injected(ObjectNode pod, NativeMode mode, Map<String, String> annotations) {
        return injection(pod, mode, annotations).pod();
    }

    private static Injection injection(ObjectNode pod, NativeMode mode, Map<String, String> annotations) {
        annotations.forEach(pod.withObject("/metadata").withObject("/annotations")::put);
        pod.withObject("/metadata").withObject("/annotations").put("inject.istio.io/templates", "mosn");
        Features features = new Features(mode, "", false, "default", Map.of());
        Configuration configuration = Configuration.load(ShippedTemplates.config(), ShippedTemplates.values(), ShippedTemplates.mesh(),
                features);
        return new Injector(configuration).inject(pod, InjectionContext.webhook("bakery", Map.of()));
    }

    private static ObjectNode injected(String name, String value) {
        return injected((ObjectNode) ConformanceData.JSON.readTree(POD), NativeMode.OFF, Map.of(name, value));
    }

    private static JsonNode bootstrap(JsonNode pod) {
        JsonNode bootstrap = ConformanceData.JSON.readTree(pod.path("metadata").path("annotations").path(BOOTSTRAP).asString());
        assertThat(model.validate(bootstrap)).isEmpty();
        return bootstrap;
    }

    private static JsonNode container(JsonNode pod, String list, String name) {
        for (JsonNode container : pod.path("spec").path(list)) {
            if (container.path("name").asString().equals(name)) {
                return container;
            }
        }
        throw new AssertionError("no " + name + " among " + pod.path("spec").path(list));
    }

    @Test
    void theBootstrapFitsTheModelForAllKindsOfPods() {
        int seen = 0;
        for (ObjectNode pod : RandomPods.seeded(7, 40)) {
            // Some of them are not injected at all.
            ObjectNode injected = injected(pod, NativeMode.ON, Map.of());
            if (injected != null) {
                bootstrap(injected);
                seen++;
            }
        }
        assertThat(seen).isGreaterThan(20);
    }

    @Test
    void theModelNoticesAMisspeltKeyAndAnUnknownWord() {
        JsonNode good = bootstrap(injected("a", "b"));
        ObjectNode misspelt = (ObjectNode) good.deepCopy();
        ((ObjectNode) misspelt.at("/servers/0/listeners/0")).put("bind_to_port", true);
        assertThat(model.validate(misspelt)).isNotEmpty();
        ObjectNode unknown = (ObjectNode) good.deepCopy();
        ((ObjectNode) unknown.at("/cluster_manager/clusters/0")).put("lb_type", "ORIGINAL_DST");
        assertThat(model.validate(unknown)).isNotEmpty();
    }

    @Test
    void whatIsNamedIsThere() {
        JsonNode bootstrap = bootstrap(injected("a", "b"));
        Set<String> clusters = Set.copyOf(bootstrap.at("/cluster_manager/clusters").findValuesAsString("name"));
        Set<String> routers = Set.copyOf(bootstrap.at("/servers/0/routers").findValuesAsString("router_config_name"));
        JsonNode server = bootstrap.at("/servers/0");
        assertThat(clusters).isEqualTo(Set.of("outbound", "inbound", "nowhere"));
        assertThat(server.findValuesAsString("cluster")).isNotEmpty().allMatch(clusters::contains);
        assertThat(server.findValuesAsString("cluster_name")).isNotEmpty().allMatch(clusters::contains);
        assertThat(server.path("listeners").findValuesAsString("router_config_name")).hasSize(3).allMatch(routers::contains);
    }

    @Test
    void theListenersAreThoseThatTheRulesSendTrafficTo() {
        JsonNode bootstrap = bootstrap(injected("a", "b"));
        assertThat(bootstrap.at("/servers/0/listeners").values()).extracting(
                listener -> listener.path("name").asString() + " " + listener.path("address").asString() + " " + listener.path("bind_port"))
                .containsExactly("outbound 0.0.0.0:15001 true", "inbound 0.0.0.0:15006 true", "loop-15001 0.0.0.0:15001 false",
                        "loop-15006 0.0.0.0:15006 false", "readiness :15021 true");
        assertThat(bootstrap.at("/metrics/sinks/0/config/port").asInt()).isEqualTo(15090);
        assertThat(bootstrap.at("/admin/address/socket_address").toString()).isEqualTo("{\"address\":\"127.0.0.1\",\"port_value\":15000}");
        assertThat(bootstrap.at("/cluster_manager/clusters/1/original_dst_lb_config/replace_local").asBoolean()).isTrue();
    }

    @Test
    void theKubeletWritesTheBootstrapWhereTheProgramReadsIt() {
        JsonNode pod = injected("a", "b");
        JsonNode proxy = container(pod, "containers", "istio-proxy");
        assertThat(proxy.path("args").values()).extracting(JsonNode::asString).containsExactly("start", "--config", "/etc/mosn/mosn.json",
                "--log-level", "warning");
        assertThat(proxy.path("volumeMounts").values())
                .extracting(mount -> mount.path("name").asString() + " " + mount.path("mountPath").asString())
                .contains("mosn-config /etc/mosn", "mosn-run /run/mosn");
        JsonNode volume = pod.path("spec").path("volumes").values().stream()
                .filter(each -> each.path("name").asString().equals("mosn-config"))
                .findFirst().orElseThrow();
        assertThat(volume.at("/downwardAPI/items/0/path").asString()).isEqualTo("mosn.json");
        assertThat(volume.at("/downwardAPI/items/0/fieldRef/fieldPath").asString()).isEqualTo("metadata.annotations['" + BOOTSTRAP + "']");
        assertThat(proxy.path("securityContext").path("runAsUser").asInt()).isEqualTo(1337);
        assertThat(container(pod, "initContainers", "istio-init").path("args").values()).extracting(JsonNode::asString)
                .containsSubsequence("-u", "1337", "-m", "REDIRECT");
    }

    @Test
    void aNativeSidecarIsAnInitContainerThatStays() {
        ObjectNode pod = injected((ObjectNode) ConformanceData.JSON.readTree(POD), NativeMode.ON, Map.of());
        assertThat(container(pod, "initContainers", "istio-proxy").path("restartPolicy").asString()).isEqualTo("Always");
        assertThat(pod.path("spec").path("containers")).hasSize(1);
    }

    @Test
    void interceptionModesThatItCannotDoAreRefusedAndNoneLeavesTheRulesOut() {
        Injection refused = injection((ObjectNode) ConformanceData.JSON.readTree(POD), NativeMode.OFF,
                Map.of("sidecar.istio.io/interceptionMode", "TPROXY"));
        assertThat(refused.pod()).isNull();
        assertThat(refused.error()).contains("the template mosn does not keep the client's address");
        assertThat(injected("sidecar.istio.io/interceptionMode", "NONE").path("spec").path("initContainers")).isEmpty();
    }

    @Test
    void annotationsChangeWhatTheyNameAndNothingElse() {
        JsonNode pod = injected("traffic.sidecar.istio.io/excludeInboundPorts", "9000");
        assertThat(container(pod, "initContainers", "istio-init").path("args").values()).extracting(JsonNode::asString)
                .containsSubsequence("-d", "15090,15021,9000");
        JsonNode own = injected("sidecar.istio.io/proxyImage", "example.com/mosn:1");
        assertThat(container(own, "containers", "istio-proxy").path("image").asString()).isEqualTo("example.com/mosn:1");
        assertThat(bootstrap(own)).isEqualTo(bootstrap(injected("a", "b")));
    }

    @Test
    void aPodsOwnBootstrapDoesNotReplaceOurs() {
        assertThat(bootstrap(injected(BOOTSTRAP, "{}")).path("servers")).hasSize(1);
    }

    /** Keys of the model that the template uses were looked up; this says which, so that a change is seen. */
    @Test
    void theseKeysAreUsed() {
        Set<String> keys = new TreeSet<>();
        collect(bootstrap(injected("a", "b")).path("servers").get(0).path("listeners").get(0), keys);
        assertThat(keys.stream().collect(Collectors.joining(" ")))
                .isEqualTo("access_logs address bind_port cluster config downstream_protocol"
                        + " fallback_for_unknown_protocol filter_chains filters listener_filters log_format log_path name router_config_name type"
                        + " upstream_protocol use_original_dst");
    }

    private static void collect(JsonNode node, Set<String> keys) {
        node.properties().forEach(member -> {
            keys.add(member.getKey());
            collect(member.getValue(), keys);
        });
        List.copyOf(node.values()).stream().filter(_ -> node.isArray()).forEach(item -> collect(item, keys));
    }
}
