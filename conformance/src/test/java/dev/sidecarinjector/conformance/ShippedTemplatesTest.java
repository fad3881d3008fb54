package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.fixtures.RandomPods;
import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.InjectionException;
import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.injection.config.Features.NativeMode;
import dev.sidecarinjector.templates.ShippedTemplates;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** Our templates and the reference's give equal pods, whatever values and annotations say. */
@WithConformanceData
class ShippedTemplatesTest {
    /** Pods for each set of values. */
    private static final int PODS = 20;
    private static final List<String> PROXY_CONFIGS = List.of("{}", "{interceptionMode: TPROXY}", "{holdApplicationUntilProxyStarts: true}",
            "{proxyMetadata: {ISTIO_META_ENABLE_HBONE: 'true', EXTRA: x y}}", "{proxyMetadata: {IPTABLES_TRACE_LOGGING: 'true'}}",
            "{statusPort: 15030, concurrency: 3}",
            "{tracing: {lightstep: {address: 'a:1'}, tlsSettings: {caCertificates: /etc/lightstep/ca.pem}}}");

    /** What the values may say beside their defaults: a path and JSON texts. */
    static final Map<String, List<String>> VALUES = Map.ofEntries(Map.entry("/revision", List.of("\"canary\"")),
            Map.entry("/global/imagePullPolicy", List.of("\"Always\"")),
            Map.entry("/global/imagePullSecrets", List.of("[\"one\",\"two\"]")),
            Map.entry("/global/pilotCertProvider", List.of("\"kubernetes\"")), Map.entry("/global/caAddress", List.of("\"ca.example:1\"")),
            Map.entry("/global/caName", List.of("\"GkeWorkloadCertificate\"")), Map.entry("/global/mountMtlsCerts", List.of("true")),
            Map.entry("/global/sts/servicePort", List.of("463")), Map.entry("/global/meshID", List.of("\"m1\"")),
            Map.entry("/global/trustDomain", List.of("\"td.example\"")), Map.entry("/global/network", List.of("\"n1\"")),
            Map.entry("/global/trustBundleName", List.of("\"bundle\"")),
            Map.entry("/global/multiCluster/clusterName", List.of("\"c1\"")), Map.entry("/global/logAsJson", List.of("true")),
            Map.entry("/global/logging/level", List.of("\"default:debug\"")), Map.entry("/global/nativeNftables", List.of("true")),
            Map.entry("/global/proxy/image", List.of("\"own\"", "\"example.com/own:1\"")),
            Map.entry("/global/proxy/clusterDomain", List.of("\"example.local\"")),
            Map.entry("/global/proxy/logLevel", List.of("\"info\"")),
            Map.entry("/global/proxy/outlierLogPath", List.of("\"/dev/stdout\"")),
            Map.entry("/global/proxy/privileged", List.of("true")),
            Map.entry("/global/proxy/seccompProfile", List.of("{\"type\":\"RuntimeDefault\"}")),
            Map.entry("/global/proxy/tracer", List.of("\"lightstep\"", "\"datadog\"")),
            Map.entry("/global/proxy/includeIPRanges", List.of("\"10.0.0.0/8\"")),
            Map.entry("/global/proxy/excludeIPRanges", List.of("\"10.1.0.0/16\"")),
            Map.entry("/global/proxy/includeInboundPorts", List.of("\"80,81\"")),
            Map.entry("/global/proxy/excludeInboundPorts", List.of("\"90\"")),
            Map.entry("/global/proxy/includeOutboundPorts", List.of("\"443\"")),
            Map.entry("/global/proxy/excludeOutboundPorts", List.of("\"5432\"")),
            Map.entry("/global/proxy/statusPort", List.of("15025")),
            Map.entry("/global/proxy/lifecycle", List.of("{\"preStop\":{\"exec\":{\"command\":[\"sleep\",\"5\"]}}}")),
            Map.entry("/global/proxy/holdApplicationUntilProxyStarts", List.of("true")),
            Map.entry("/global/proxy/startupProbe/enabled", List.of("false")),
            Map.entry("/global/proxy/resources", List.of("{\"limits\":{\"cpu\":\"1\"}}", "{}")),
            Map.entry("/global/proxy_init/image", List.of("\"example.com/init:1\"")),
            Map.entry("/global/proxy_init/forceApplyIptables", List.of("true")),
            Map.entry("/pilot/cni/enabled", List.of("true")), Map.entry("/pilot/cni/provider", List.of("\"multus\"")),
            Map.entry("/pilot/env/ENABLE_CLUSTER_TRUST_BUNDLE_API", List.of("true")),
            Map.entry("/gateways/securityContext", List.of("{\"runAsUser\":1000}")));

    private static final Map<String, List<String>> ANNOTATIONS = Map.ofEntries(
            Map.entry("sidecar.istio.io/proxyImage", List.of("example.com/p:2")),
            Map.entry("sidecar.istio.io/componentLogLevel", List.of("http:debug")),
            Map.entry("sidecar.istio.io/agentLogLevel", List.of("xds:debug")),
            Map.entry("sidecar.istio.io/proxyCPULimit", List.of("2")), Map.entry("sidecar.istio.io/proxyMemory", List.of("64Mi")),
            Map.entry("sidecar.istio.io/capNetBindService", List.of("true")),
            Map.entry("sidecar.istio.io/bootstrapOverride", List.of("boot")),
            Map.entry("sidecar.istio.io/userVolume", List.of("{\"uv\":{\"emptyDir\":{}}}")),
            Map.entry("sidecar.istio.io/userVolumeMount", List.of("{\"uv\":{\"mountPath\":\"/uv\"}}")),
            Map.entry("readiness.status.sidecar.istio.io/periodSeconds", List.of("7")),
            Map.entry("readiness.status.sidecar.istio.io/failureThreshold", List.of("9")),
            Map.entry("status.sidecar.istio.io/port", List.of("15099", "0")),
            Map.entry("traffic.sidecar.istio.io/includeOutboundIPRanges", List.of("10.2.0.0/16", "")),
            Map.entry("traffic.sidecar.istio.io/excludeOutboundIPRanges", List.of("10.3.0.0/16")),
            Map.entry("traffic.sidecar.istio.io/includeInboundPorts", List.of("8080", "")),
            Map.entry("traffic.sidecar.istio.io/includeOutboundPorts", List.of("8443", "")),
            Map.entry("traffic.sidecar.istio.io/excludeOutboundPorts", List.of("3306", "")),
            Map.entry("traffic.sidecar.istio.io/excludeInterfaces", List.of("net1")),
            Map.entry("traffic.sidecar.istio.io/kubevirtInterfaces", List.of("net2")),
            Map.entry("istio.io/reroute-virtual-interfaces", List.of("net3")),
            Map.entry("kubectl.kubernetes.io/default-container", List.of("app-0")),
            Map.entry("k8s.v1.cni.cncf.io/networks", List.of("a, b", "[{\"name\":\"a\"}]")),
            Map.entry("apm.datadoghq.com/env", List.of("{\"DD_ENV\":\"prod\",\"DD_SERVICE\":\"s\"}")));

    /** @param sets of values, each with {@link #PODS} pods */
    @ParameterizedTest
    @CsvSource({"sidecar, 100", "gateway, 25", "grpc-agent, 25"})
    void seededValuesAndAnnotationsGiveEqualPods(String template, int sets) {
        Random random = new Random(template.hashCode());
        int injected = 0;
        for (int set = 0; set < sets; set++) {
            ObjectNode values = (ObjectNode) ConformanceData.JSON.readTree(ConformanceData.text("values/default.json"));
            VALUES.forEach((path, choices) -> {
                if (random.nextInt(6) == 0) {
                    change(values, path, choices.get(random.nextInt(choices.size())));
                }
            });
            Features features = new Features(List.of(NativeMode.ON, NativeMode.OFF).get(random.nextInt(2)),
                    List.of("", "fips-140-2", "fips-140-3").get(random.nextInt(3)), false, "default", Map.of());
            Injector ours = injector(template, ShippedTemplates.template(template), values, features);
            Injector reference = injector(template, ConformanceData.text("templates/" + template + ".yaml"), values, features);
            for (ObjectNode pod : RandomPods.seeded(random.nextLong(), PODS)) {
                annotate(pod, random, template);
                injected += compare(template, values, pod, ours, reference);
            }
        }
        // Both may refuse a combination; most must be pods.
        assertThat(injected).isGreaterThan(sets * PODS * 3 / 4);
    }

    private static int compare(String template, ObjectNode values, ObjectNode pod, Injector ours, Injector reference) {
        ObjectNode expected = injected(reference, pod);
        ObjectNode actual = injected(ours, pod);
        if (expected == null || actual == null) {
            assertThat(actual == null).as("%s refused for\n%s\nwith %s", template, pod, values).isEqualTo(expected == null);
            return 0;
        }
        assertThat(Sameness.difference(expected, actual)).as("%s for\n%s\nwith %s", template, pod, values).isNull();
        return 1;
    }

    private static ObjectNode injected(Injector injector, ObjectNode pod) {
        try {
            Injection injection = injector.inject(pod.deepCopy(), InjectionContext.webhook("bakery", Map.of()));
            return injection.pod();
        } catch (InjectionException _) {
            return null;
        }
    }

    private static void annotate(ObjectNode pod, Random random, String template) {
        ObjectNode annotations = pod.withObject("/metadata").withObject("/annotations");
        ANNOTATIONS.forEach((name, choices) -> {
            String value = choices.get(random.nextInt(choices.size()));
            // There the reference's agent loses its mounts and cannot work; ours keeps them.
            boolean broken = template.equals("grpc-agent") && name.equals("status.sidecar.istio.io/port") && value.equals("0");
            if (random.nextInt(6) == 0 && !broken) {
                annotations.put(name, value);
            }
        });
        if (random.nextInt(3) == 0) {
            annotations.put("proxy.istio.io/config", PROXY_CONFIGS.get(random.nextInt(PROXY_CONFIGS.size())));
        }
    }

    private static Injector injector(String name, String template, ObjectNode values, Features features) {
        ObjectNode config = ConformanceData.JSON.createObjectNode().put("policy", "enabled");
        config.putArray("defaultTemplates").add(name);
        config.putObject("templates").put(name, template);
        return new Injector(
                Configuration.load(config.toString(), values.toString(), ConformanceData.text("mesh-default.yaml"), features));
    }

    static void change(ObjectNode values, String path, String json) {
        int slash = path.lastIndexOf('/');
        ObjectNode parent = slash == 0 ? values : values.withObject(path.substring(0, slash));
        parent.set(path.substring(slash + 1), ConformanceData.JSON.readTree(json));
    }
}
