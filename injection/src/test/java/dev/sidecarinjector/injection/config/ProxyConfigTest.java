package dev.sidecarinjector.injection.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProxyConfigTest {
    private static String clean(String... annotations) {
        ProxyConfig config = ProxyConfig.defaults();
        for (String annotation : annotations) {
            config = config.apply(annotation);
        }
        return config.cleanJson();
    }

    @Test
    void nothingButDefaultsIsNothing() {
        assertThat(ProxyConfig.defaults().cleanJson()).isEqualTo("{}");
        assertThat(
                clean("{configPath: ./etc/istio/proxy, binaryPath: /usr/local/bin/envoy, serviceCluster: istio-proxy, statusPort: 15020}"))
                .isEqualTo("{}");
        assertThat(clean("drainDuration: 45s\nterminationDrainDuration: 5s\nproxyAdminPort: 15000\nstatNameLength: 189\n"
                + "controlPlaneAuthPolicy: MUTUAL_TLS\ndiscoveryAddress: istiod.istio-system.svc:15012")).isEqualTo("{}");
    }

    @Test
    void fieldsComeInTheOrderOfDeclaration() {
        assertThat(clean("""
                image: {imageType: debug}
                meshId: m
                terminationDrainDuration: 9s
                gatewayTopology: {numTrustedProxies: 2}
                extraStatTags: [b, a]
                statusPort: 15099
                proxyMetadata: {Z: "1", A: "2"}
                interceptionMode: TPROXY
                concurrency: 4
                customConfigFile: f
                drainDuration: 10s
                binaryPath: /b
                """)).isEqualTo("{\"binaryPath\":\"/b\",\"drainDuration\":\"10s\",\"customConfigFile\":\"f\",\"concurrency\":4,"
                + "\"interceptionMode\":\"TPROXY\",\"proxyMetadata\":{\"A\":\"2\",\"Z\":\"1\"},\"statusPort\":15099,"
                + "\"extraStatTags\":[\"b\",\"a\"],\"gatewayTopology\":{\"numTrustedProxies\":2},\"terminationDrainDuration\":\"9s\","
                + "\"meshId\":\"m\",\"image\":{\"imageType\":\"debug\"}}");
    }

    @Test
    void wrappersKeepZeroAndMessagesMayBeEmpty() {
        assertThat(clean("{concurrency: 0, holdApplicationUntilProxyStarts: false, tracing: {}}"))
                .isEqualTo("{\"concurrency\":0,\"tracing\":{},\"holdApplicationUntilProxyStarts\":false}");
    }

    @Test
    void messagesAreReplacedAndNotMerged() {
        assertThat(clean("tracing: {zipkin: {address: 'z:9411'}}", "tracing: {sampling: 10}")).isEqualTo("{\"tracing\":{\"sampling\":10}}");
    }

    @Test
    void metadataAreMergedByKeyAndOtherMapsReplaced() {
        assertThat(clean("proxyMetadata: {A: a, B: b}", "proxyMetadata: {B: c}"))
                .isEqualTo("{\"proxyMetadata\":{\"A\":\"a\",\"B\":\"c\"}}");
        assertThat(clean("proxyMetadata: {A: a}", "proxyMetadata: {}")).isEqualTo("{\"proxyMetadata\":{\"A\":\"a\"}}");
        assertThat(clean("runtimeValues: {A: a, B: b}", "runtimeValues: {B: c}")).isEqualTo("{\"runtimeValues\":{\"B\":\"c\"}}");
    }

    @Test
    void headersFallBackBySubField() {
        assertThat(clean("proxyHeaders: {server: {value: s}, requestId: {disabled: true}}", "proxyHeaders: {requestId: {disabled: false}}"))
                .isEqualTo("{\"proxyHeaders\":{\"requestId\":{\"disabled\":false},\"server\":{\"value\":\"s\"}}}");
    }

    @Test
    void snakeCaseNullAndUnknownFields() {
        assertThat(clean("{proxy_metadata: {A: a}, status_port: 1, concurrency: null, noSuchField: {x: [1]}}"))
                .isEqualTo("{\"proxyMetadata\":{\"A\":\"a\"},\"statusPort\":1}");
        assertThat(ProxyConfigText.parse("{noSuchField: 1, tracing: {sampler: x}}").unknown())
                .containsExactlyInAnyOrder("noSuchField", "tracing.sampler");
    }

    @Test
    void ofAOneofTheLastOneSetStays() {
        assertThat(clean("tracingServiceName: CANONICAL_NAME_ONLY")).isEqualTo("{\"tracingServiceName\":\"CANONICAL_NAME_ONLY\"}");
        assertThat(clean("tracingServiceName: CANONICAL_NAME_ONLY", "serviceCluster: mine")).isEqualTo("{\"serviceCluster\":\"mine\"}");
        assertThat(clean("tracingServiceName: APP_LABEL_AND_NAMESPACE")).as("a oneof's zero is set")
                .contains("APP_LABEL_AND_NAMESPACE");
    }

    @Test
    void enumsByNameOrNumber() {
        assertThat(ProxyConfig.defaults().apply("interceptionMode: 2").interceptionMode()).isEqualTo("NONE");
        assertThat(ProxyConfig.defaults().interceptionMode()).isEqualTo("REDIRECT");
        assertThatThrownBy(() -> ProxyConfig.defaults().apply("interceptionMode: tproxy"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessage("interceptionMode: expected one of REDIRECT, TPROXY, NONE, found \"tproxy\"");
    }

    @ParameterizedTest
    @CsvSource({"7s,7s", "1m30s,90s", "1.5s,1.500s", "250ms,0.250s", "1h,3600s", "10us,0.000010s", "3ns,0.000000003s", "-2s,-2s", "0,0s"})
    void durationsAreBroughtToOneForm(String text, String canonical) {
        assertThat(clean("fileFlushInterval: \"" + text + "\"")).isEqualTo("{\"fileFlushInterval\":\"" + canonical + "\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"drainDuration: 5|drainDuration: expected a duration",
            "drainDuration: 5x|drainDuration: expected a duration",
            "statusPort: abc|statusPort: expected a number", "statusPort: 1.5|statusPort: expected a whole number",
            "statusPort: 99999999999|statusPort: expected a whole number", "meshId: 5|meshId: expected text",
            "proxyMetadata: {A: 5}|proxyMetadata.A: expected text", "extraStatTags: a|extraStatTags: expected a list",
            "proxyMetadata: [a]|proxyMetadata: expected a map", "tracing: x|tracing: expected fields",
            "just text|ProxyConfig: expected fields",
            "'{'|line 1"})
    void whatDoesNotFitIsAnErrorWithItsPath(String yaml, String message) {
        assertThatThrownBy(() -> ProxyConfig.defaults().apply(yaml)).isInstanceOf(ConfigurationException.class)
                .hasMessageStartingWith(message);
    }

    @Test
    void anEmptyTextChangesNothing() {
        assertThat(ProxyConfig.defaults().apply("")).isSameAs(ProxyConfig.defaults());
        assertThat(ProxyConfig.defaults().apply("{}")).isSameAs(ProxyConfig.defaults());
    }

    @Test
    void escapesAreThoseOfGo() {
        assertThat(clean("meshId: \"a<b>&\\u2028\\\"\\n\\u0001é\""))
                .isEqualTo("{\"meshId\":\"a\\u003cb\\u003e\\u0026\\u2028\\\"\\n\\u0001é\"}");
    }

    @Test
    void theOldConfigStaysAsItWas() {
        ProxyConfig before = ProxyConfig.defaults().apply("proxyMetadata: {A: a}");
        before.apply("{proxyMetadata: {B: b}, statusPort: 3}");
        assertThat(before.cleanJson()).isEqualTo("{\"proxyMetadata\":{\"A\":\"a\"}}");
        assertThat(ProxyConfig.defaults().statusPort()).isEqualTo(15020);
    }
}
