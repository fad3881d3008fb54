package dev.sidecarinjector.injection.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.gotemplate.GoFormat;
import dev.sidecarinjector.gotemplate.GoStruct;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeshConfigTest {
    private static Object member(MeshConfig mesh, String... path) {
        Object value = mesh.go();
        for (String name : path) {
            value = ((GoStruct) value).member(name);
        }
        return value;
    }

    @Test
    void theBuiltInDefaults() {
        MeshConfig mesh = MeshConfig.parse("");
        assertThat(mesh).isSameAs(MeshConfig.defaults());
        assertThat(mesh.rootNamespace()).isEqualTo("istio-system");
        assertThat(mesh.enablePrometheusMerge()).isTrue();
        assertThat(mesh.inboundTrafficPolicyMode()).isEqualTo("passthrough");
        assertThat(mesh.otelSemanticConventions()).isFalse();
        assertThat(member(mesh, "TrustDomain")).isEqualTo("cluster.local");
        assertThat(member(mesh, "ProxyListenPort")).isEqualTo(15001L);
        assertThat(member(mesh, "ProxyInboundListenPort")).isEqualTo(15006L);
        assertThat(mesh.defaultConfig().toString())
                .isEqualTo("{\"configPath\":\"./etc/istio/proxy\",\"binaryPath\":\"/usr/local/bin/envoy\","
                        + "\"serviceCluster\":\"istio-proxy\",\"drainDuration\":\"45s\",\"discoveryAddress\":\"istiod.istio-system.svc:15012\","
                        + "\"proxyAdminPort\":15000,\"controlPlaneAuthPolicy\":\"MUTUAL_TLS\",\"statNameLength\":189,\"statusPort\":15020,"
                        + "\"terminationDrainDuration\":\"5s\"}");
    }

    @Test
    void topLevelFieldsReplaceAndTheDefaultConfigIsMerged() {
        MeshConfig mesh = MeshConfig.parse("""
                trust_domain: example.org
                proxyListenPort: 16001
                enablePrometheusMerge: false
                inboundTrafficPolicy: {mode: LOCALHOST}
                rootNamespace: mesh-root
                defaultConfig:
                  statusPort: 16020
                  interceptionMode: TPROXY
                """);
        assertThat(member(mesh, "TrustDomain")).isEqualTo("example.org");
        assertThat(member(mesh, "ProxyListenPort")).isEqualTo(16001L);
        assertThat(member(mesh, "ProxyInboundListenPort")).isEqualTo(15006L);
        assertThat(mesh.enablePrometheusMerge()).isFalse();
        assertThat(mesh.inboundTrafficPolicyMode()).isEqualTo("localhost");
        assertThat(mesh.rootNamespace()).isEqualTo("mesh-root");
        assertThat(mesh.defaultConfig().cleanJson()).isEqualTo("{\"interceptionMode\":\"TPROXY\",\"statusPort\":16020}");
        assertThat(GoFormat.sprint(member(mesh, "DefaultConfig", "InterceptionMode"))).isEqualTo("TPROXY");
    }

    @Test
    void providersAreMergedByName() {
        MeshConfig mesh = MeshConfig.parse("""
                extensionProviders:
                - name: otel
                  opentelemetry: {service: o.svc, port: 4317, serviceAttributeEnrichment: OTEL_SEMANTIC_CONVENTIONS}
                - name: envoy
                  envoyFileAccessLog: {path: /dev/null}
                """);
        assertThat(mesh.otelSemanticConventions()).isTrue();
        assertThat(member(mesh, "otelSemanticConventions")).isEqualTo(true);
        List<String> names = ((List<?>) member(mesh, "ExtensionProviders")).stream()
                .map(provider -> String.valueOf(((Map<?, ?>) provider).get("name"))).toList();
        assertThat(names).containsExactly("prometheus", "stackdriver", "envoy", "otel");
    }

    @Test
    void aliasesOfTheTrustDomainAreASortedSet() {
        assertThat((List<?>) member(MeshConfig.parse("trustDomainAliases: [b, a, b]"), "TrustDomainAliases")).isEqualTo(List.of("a", "b"));
    }

    @Test
    void unknownFieldsAreIgnoredButNamed() {
        List<String> unknown = new ArrayList<>();
        MeshConfig.parse("{trustDomian: x, defaultConfig: {statusprot: 1}}", unknown);
        assertThat(unknown).containsExactlyInAnyOrder("trustDomian", "defaultConfig.statusprot");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"proxyListenPort: 0|mesh: invalid proxy listen port",
            "proxyListenPort: x|mesh: proxyListenPort: expected a number",
            "trustDomain: 'a b'|mesh: trustDomain: \"a b\" is no domain name", "defaultConfig: {statusPort: 0}|mesh: invalid status port",
            "defaultConfig: {drainDuration: 1}|mesh: defaultConfig.drainDuration: expected a duration",
            "connectTimeout: 2h|mesh: invalid connect timeout",
            "'a: b: c'|mesh: line 1, column ", "[1]|mesh: MeshConfig: expected fields"})
    void whatCannotBeUsedIsRefusedWithItsPlace(String yaml, String message) {
        assertThatThrownBy(() -> MeshConfig.parse(yaml)).isInstanceOf(ConfigurationException.class).hasMessageStartingWith(message);
    }
}
