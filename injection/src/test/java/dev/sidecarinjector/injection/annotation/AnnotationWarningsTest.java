package dev.sidecarinjector.injection.annotation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.Warning;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

class AnnotationWarningsTest {
    private static final String TRAFFIC = "traffic.sidecar.istio.io/";

    private static ObjectNode pod(String kind, String... namesAndValues) {
        ObjectNode pod = JsonNodeFactory.instance.objectNode();
        ObjectNode map = pod.putObject("metadata").putObject(kind);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            map.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return pod;
    }

    private static List<String> warnings(ObjectNode pod) {
        return AnnotationRules.warnings(pod).stream().map(Warning::line).toList();
    }

    private static List<String> annotated(String... namesAndValues) {
        return warnings(pod("annotations", namesAndValues));
    }

    @ParameterizedTest
    @CsvSource({"sidecar.istio.io/proxyCpu,sidecar.istio.io/proxyCPU", "sidecar.istio.io/injct,sidecar.istio.io/inject",
            TRAFFIC + "excludeInboundPort," + TRAFFIC + "excludeInboundPorts",
            TRAFFIC + "excludeInBoundPorts," + TRAFFIC + "excludeInboundPorts",
            "traffic.sidecars.istio.io/includeInboundPorts," + TRAFFIC + "includeInboundPorts",
            "proxy.istio.io/configs,proxy.istio.io/config",
            "inject.istio.io/template,inject.istio.io/templates", "prometheus.istio.io/mergemetrics,prometheus.istio.io/merge-metrics"})
    void aMisspeltNameIsAnsweredWithTheNearestKnownOne(String name, String nearest) {
        assertThat(annotated(name, "1"))
                .containsExactly("annotation " + name + ": is not known and has no effect; did you mean " + nearest + "?");
    }

    @Test
    void aNameThatResemblesNothingIsStillNamed() {
        assertThat(annotated("sidecar.istio.io/zzzzzzzzzzzzzzzzzzzz", "1"))
                .containsExactly("annotation sidecar.istio.io/zzzzzzzzzzzzzzzzzzzz: is not known and has no effect; "
                        + "remove it, or look up its name in the reference");
    }

    @ParameterizedTest
    @ValueSource(strings = {"networking.istio.io/exportTo", "galley.istio.io/analyze-suppress", "example.com/sidecar", "inject",
            "ambient.istio.io/redirection",
            "sidecar.istio.io/statsInclusionPrefixes", "sidecar.istio.io/status", "istio.io/rev"})
    void namesOfOthersAreTheirBusiness(String name) {
        assertThat(annotated(name, "x")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"sidecar.istio.io/inject|yes|counts as not set",
            "sidecar.istio.io/nativeSidecar|True|neither true nor false",
            "sidecar.istio.io/rewriteAppHTTPProbers|on|is ignored", "sidecar.istio.io/proxyImage|proxyv2|contains no /",
            "sidecar.istio.io/userVolume|[]|no JSON object", TRAFFIC + "includeOutboundPorts|80;81|failed parsing port '80;81'",
            "sidecar.istio.io/enableCoreDump|true|no effect in this release",
            "proxy.istio.io/config|'{consurrency: 1}'|unknown fields are ignored: consurrency"})
    void suspiciousValues(String name, String value, String what) {
        assertThat(annotated(name, value)).singleElement().asString().startsWith("annotation " + name + ": ").contains(what);
    }

    @Test
    void aBadSwitchAsALabelIsNamedAsALabel() {
        assertThat(warnings(pod("labels", "sidecar.istio.io/inject", "enabled")))
                .containsExactly("label sidecar.istio.io/inject: the value \"enabled\" counts as not set; use \"true\" or \"false\"");
    }

    @Test
    void annotationsSetAsLabelsAndMisspeltLabels() {
        assertThat(warnings(pod("labels", "sidecar.istio.io/proxyCPU", "1"))).containsExactly(
                "label sidecar.istio.io/proxyCPU: has no effect as a label; set it as an annotation");
        assertThat(warnings(pod("labels", "sidecar.istio.io/injected", "true", "app", "x"))).containsExactly(
                "label sidecar.istio.io/injected: is not known and has no effect; did you mean sidecar.istio.io/inject?");
    }

    @Test
    void whenLabelAndAnnotationDisagreeTheWinnerIsNamed() {
        ObjectNode pod = pod("annotations", "sidecar.istio.io/inject", "false");
        pod.withObjectProperty("metadata").putObject("labels").put("sidecar.istio.io/inject", "true");
        assertThat(warnings(pod)).singleElement().asString().contains("the label says \"true\", which wins");
    }

    @Test
    void settingsThatAnotherSettingRobsOfTheirEffect() {
        assertThat(annotated(TRAFFIC + "excludeInboundPorts", "22", TRAFFIC + "includeInboundPorts", "80")).singleElement().asString()
                .startsWith("annotation " + TRAFFIC + "excludeInboundPorts: has no effect");
        assertThat(annotated(TRAFFIC + "excludeInboundPorts", "22", TRAFFIC + "includeInboundPorts", "*")).isEmpty();
        assertThat(annotated(TRAFFIC + "excludeInboundPorts", "22")).isEmpty();
        assertThat(annotated(TRAFFIC + "includeOutboundPorts", "80", TRAFFIC + "includeOutboundIPRanges", "*")).hasSize(1);
        assertThat(annotated(TRAFFIC + "includeOutboundPorts", "80", TRAFFIC + "includeOutboundIPRanges", "10.0.0.0/8")).isEmpty();
        assertThat(annotated(TRAFFIC + "excludeOutboundIPRanges", "10.1.0.0/16", TRAFFIC + "includeOutboundIPRanges", "10.0.0.0/8"))
                .as("an exclusion wins over an inclusion").isEmpty();
        assertThat(annotated(TRAFFIC + "excludeOutboundPorts", "80", TRAFFIC + "includeOutboundIPRanges", "")).hasSize(1);
        assertThat(annotated("sidecar.istio.io/interceptionMode", "NONE", TRAFFIC + "includeInboundPorts", "80",
                TRAFFIC + "excludeInboundPorts", "1"))
                .hasSize(2).allMatch(line -> line.contains("interceptionMode is NONE"));
        assertThat(annotated("status.sidecar.istio.io/port", "0", "readiness.status.sidecar.istio.io/periodSeconds", "3")).hasSize(1);
        assertThat(annotated("istio.io/reroute-virtual-interfaces", "a", TRAFFIC + "kubevirtInterfaces", "b")).singleElement().asString()
                .startsWith("annotation " + TRAFFIC + "kubevirtInterfaces: has no effect");
    }

    @Test
    void distancesAreThoseOfLevenshtein() {
        assertThat(Spelling.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(Spelling.distance("", "abc")).isEqualTo(3);
        assertThat(Spelling.distance("ABC", "abc")).isZero();
        assertThat(Spelling.distance("abc", "acb")).isEqualTo(2);
    }
}
