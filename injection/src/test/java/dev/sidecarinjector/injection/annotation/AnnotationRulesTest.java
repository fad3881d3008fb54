package dev.sidecarinjector.injection.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class AnnotationRulesTest {
    private static final String TRAFFIC = "traffic.sidecar.istio.io/";

    private static ObjectNode pod(String... namesAndValues) {
        ObjectNode pod = JsonNodeFactory.instance.objectNode();
        ObjectNode annotations = pod.putObject("metadata").putObject("annotations");
        for (int i = 0; i < namesAndValues.length; i += 2) {
            annotations.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return pod;
    }

    private static List<String> violations(String... namesAndValues) {
        return AnnotationRules.violations(pod(namesAndValues));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", ignoreLeadingAndTrailingWhitespace = false, value = {
            "sidecar.istio.io/interceptionMode|REDIRECT", "sidecar.istio.io/interceptionMode|TPROXY",
            "sidecar.istio.io/interceptionMode|NONE",
            "status.sidecar.istio.io/port|0", "status.sidecar.istio.io/port| 15020 ", "status.sidecar.istio.io/port|65535",
            "readiness.status.sidecar.istio.io/periodSeconds|0", "readiness.status.sidecar.istio.io/failureThreshold|4294967295",
            TRAFFIC + "includeOutboundIPRanges|*", TRAFFIC + "includeOutboundIPRanges|",
            TRAFFIC + "includeOutboundIPRanges|10.0.0.0/8,fd00::/8",
            TRAFFIC + "excludeOutboundIPRanges|1.2.3.4/32", TRAFFIC + "excludeOutboundIPRanges|::ffff:1.2.3.4/96",
            TRAFFIC + "excludeOutboundIPRanges|::/0",
            TRAFFIC + "includeInboundPorts|*", TRAFFIC + "includeInboundPorts|", TRAFFIC + "includeInboundPorts| 80 , 0,65535 ",
            TRAFFIC + "excludeInboundPorts|22", TRAFFIC + "excludeOutboundPorts|", TRAFFIC + "includeOutboundPorts|anything, really",
            TRAFFIC + "excludeInterfaces|eth0, net1", TRAFFIC + "kubevirtInterfaces|",
            "istio.io/reroute-virtual-interfaces|a23456789012345",
            "prometheus.istio.io/merge-metrics|T", "prometheus.istio.io/merge-metrics|0", "sidecar.istio.io/proxyCPU|100m",
            "sidecar.istio.io/proxyCPU|.5", "sidecar.istio.io/proxyMemory|128Mi", "sidecar.istio.io/proxyMemoryLimit|1e3",
            "sidecar.istio.io/proxyCPULimit|2E", "sidecar.istio.io/rewriteAppHTTPProbers|maybe", "sidecar.istio.io/nativeSidecar|x",
            "proxy.istio.io/config|{}", "proxy.istio.io/config|concurrency: 0", "proxy.istio.io/config|noSuchField: 1",
            "proxy.istio.io/config|{discoveryAddress: 'a.b:15012'}", "proxy.istio.io/config|{discoveryAddress: '[::1]:15012'}",
            "proxy.istio.io/config|{tracing: {zipkin: {address: '$(HOST_IP):9411'}}}", "somebody.else/port|x"})
    void goodValues(String name, String value) {
        assertThat(violations(name, value == null ? "" : value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', ignoreLeadingAndTrailingWhitespace = false, value = {
            "sidecar.istio.io/interceptionMode|tproxy|interceptionMode invalid, use REDIRECT,TPROXY,NONE:",
            "status.sidecar.istio.io/port|65536|status port invalid", "status.sidecar.istio.io/port|''|status port invalid",
            "status.sidecar.istio.io/port|-1|status port invalid",
            "readiness.status.sidecar.istio.io/periodSeconds| 1|expected a whole number",
            "readiness.status.sidecar.istio.io/periodSeconds|+1|expected a whole number",
            "readiness.status.sidecar.istio.io/periodSeconds|4294967296|expected a whole number",
            TRAFFIC + "includeOutboundIPRanges|*,1.2.3.4/8|includeIPRanges invalid: failed parsing cidr '*'",
            TRAFFIC + "includeOutboundIPRanges|1.2.3.4|includeIPRanges invalid: failed parsing cidr '1.2.3.4'",
            TRAFFIC + "excludeOutboundIPRanges|*|excludeIPRanges invalid: failed parsing cidr '*'",
            TRAFFIC + "excludeOutboundIPRanges|1.2.3.4/8, 2.0.0.0/8|excludeIPRanges invalid: failed parsing cidr ' 2.0.0.0/8'",
            TRAFFIC + "excludeOutboundIPRanges|1.2.3.4/33|excludeIPRanges invalid",
            TRAFFIC + "excludeOutboundIPRanges|1.2.3.04/8|excludeIPRanges invalid",
            TRAFFIC + "excludeOutboundIPRanges|1.2.3.4/08|excludeIPRanges invalid",
            TRAFFIC + "excludeOutboundIPRanges|fe80::1%eth0/64|excludeIPRanges invalid",
            TRAFFIC + "excludeOutboundIPRanges|1::2::3/64|excludeIPRanges invalid",
            TRAFFIC + "excludeOutboundIPRanges|::1/129|excludeIPRanges invalid",
            TRAFFIC + "includeInboundPorts|80,,81|includeInboundPorts invalid: failed parsing port ''",
            TRAFFIC + "includeInboundPorts|80,*|includeInboundPorts invalid: failed parsing port '*'",
            TRAFFIC + "excludeInboundPorts|*|excludeInboundPorts invalid: failed parsing port '*'",
            TRAFFIC + "excludeOutboundPorts|http|excludeOutboundPorts invalid: failed parsing port 'http'",
            TRAFFIC + "excludeOutboundPorts|99999|excludeOutboundPorts invalid: failed parsing port '99999'",
            TRAFFIC + "excludeInterfaces|eth0,|excludeInterfaces invalid: ''",
            TRAFFIC + "excludeInterfaces|0eth|excludeInterfaces invalid: '0eth'",
            TRAFFIC + "kubevirtInterfaces|a234567890123456|kubevirtInterfaces invalid: 'a234567890123456'",
            "istio.io/reroute-virtual-interfaces|net 1|reroute-virtual-interfaces invalid",
            "prometheus.istio.io/merge-metrics|yes|expected true or false",
            "prometheus.istio.io/merge-metrics|''|expected true or false", "sidecar.istio.io/proxyCPU|''|expected a quantity",
            "sidecar.istio.io/proxyCPU|lots|expected a quantity", "sidecar.istio.io/proxyMemory|1 Gi|expected a quantity",
            "sidecar.istio.io/proxyMemory|1KiB|expected a quantity", "sidecar.istio.io/proxyMemoryLimit|1e|expected a quantity",
            "proxy.istio.io/config|statusPort: 0|invalid status port: port number 0",
            "proxy.istio.io/config|statusPort: x|statusPort: expected a number",
            "proxy.istio.io/config|{|line 1", "proxy.istio.io/config|{drainDuration: 1500ms}|drain time only supports durations to seconds",
            "proxy.istio.io/config|{configPath: ''}|config path must be set",
            "proxy.istio.io/config|{serviceCluster: ''}|service cluster must be",
            "proxy.istio.io/config|{discoveryAddress: nowhere}|invalid discovery address: unable to split",
            "proxy.istio.io/config|{discoveryAddress: 'a_b:1'}|invalid discovery address: \"a_b\" is not a valid hostname",
            "proxy.istio.io/config|{controlPlaneAuthPolicy: INHERIT}|invalid authentication policy",
            "proxy.istio.io/config|{privateKeyProvider: {cryptomb: {}}}|invalid private key provider configuration: pollDelay is required",
            "proxy.istio.io/config|{tracing: {tlsSettings: {mode: MUTUAL}}}|invalid tracing TLS config: client certificate required"})
    void badValuesAreRefusedWithAReason(String name, String value, String reason) {
        assertThat(violations(name, value)).singleElement().asString()
                .startsWith("invalid value '" + value + "' for annotation '" + name + "': " + reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"100m\r", "100m\t", "100m\u0000", "1\n  - name: x", "1\u0085"})
    void quantitiesHaveNoControlCharacters(String value) {
        assertThat(violations("sidecar.istio.io/proxyMemory", value)).singleElement().asString().contains("control characters");
    }

    @Test
    void allViolationsAreCollectedInTheOrderOfNames() {
        List<String> all = violations(TRAFFIC + "excludeInboundPorts", "x", "sidecar.istio.io/proxyCPU", "x",
                "sidecar.istio.io/interceptionMode", "x");
        assertThat(all).extracting(message -> message.substring(message.indexOf("annotation '") + 12, message.indexOf("':")))
                .containsExactly("sidecar.istio.io/interceptionMode", "sidecar.istio.io/proxyCPU", TRAFFIC + "excludeInboundPorts");
        assertThat(Violations.text(all))
                .startsWith("3 errors occurred:\n\t* invalid value 'x' for annotation 'sidecar.istio.io/interceptionMode': ")
                .endsWith("\n\n");
        assertThat(Violations.text(List.of("a"))).isEqualTo("1 error occurred:\n\t* a\n\n");
    }

    @Test
    void aPodWithoutAnnotationsBreaksNothing() {
        assertThat(AnnotationRules.violations(JsonNodeFactory.instance.objectNode())).isEmpty();
        assertThat(AnnotationRules.warnings(JsonNodeFactory.instance.objectNode())).isEmpty();
    }
}
