package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/** What goes wrong easily when values meet templates; the numbers are those of the list of traps. */
class TrapsOfTemplatesTest {
    private static final String POD = "{metadata: {name: row}, spec: {containers: [{name: app, image: example/app}]}}";
    private static final String VALUES = "{\"big\": 1000000, \"nul\": null, \"flag\": true, \"global\": {\"hub\": \"h\", \"tag\": \"t\", \"variant\": \"distroless\"}}";

    private static String rendered(String text) {
        return Trial.annotation(Trial.of("metadata: {annotations: {out: \"" + text + "\"}}").values(VALUES).injected(POD), "out");
    }

    /** Trap 87. */
    @Test
    void bigNumbersArePrintedAsGoPrintsThem() {
        assertThat(rendered("{{ .Values.big }}")).isEqualTo("1e+06");
    }

    /** Trap 88. */
    @Test
    void aFieldOfNothingIsAnErrorUnlessItIsInParentheses() {
        assertThat(rendered("{{ .Values.missing.deep }}|{{ (.Values.nul).deep }}")).isEqualTo("<no value>|<no value>");
        Trial trial = Trial.of("metadata: {annotations: {out: \"{{ .Values.nul.deep }}\"}}").values(VALUES);
        assertThat(trial.inject(POD).error()).contains("deep").contains("1:");
    }

    /** Trap 89. */
    @Test
    void aMissingDefaultIsPrintedAsNil() {
        assertThat(rendered("{{ annotation .ObjectMeta `x` .Values.missing }}|{{ .Values.missing }}")).isEqualTo("<nil>|<no value>");
    }

    /** Trap 90. */
    @Test
    void comparingATextWithABooleanIsAnError() {
        Trial trial = Trial.of("metadata: {annotations: {out: \"{{ eq .Values.flag `true` }}\"}}").values(VALUES);
        assertThat(trial.inject(POD).error()).contains("incompatible types for comparison");
    }

    /** Trap 91. */
    @Test
    void includedOutboundPortsAreNotChecked() {
        ObjectNode pod = Trial.pod(POD);
        pod.withObject("/metadata/annotations").put("traffic.sidecar.istio.io/includeOutboundPorts", "any");
        assertThat(Trial.shipped().injected(pod).toString()).contains("\"-q\",\"any\"");
    }

    /** Trap 105. */
    @Test
    void timesAndDatesInATemplateAreTexts() {
        ObjectNode pod = Trial.of("metadata: {annotations: {a: 1:30, b: 2024-01-01}}").injected(POD);
        assertThat(Trial.annotation(pod, "a")).isEqualTo("1:30");
        assertThat(Trial.annotation(pod, "b")).isEqualTo("2024-01-01");
    }

    /** Trap 108. */
    @Test
    void anEmptyImageTypeTakesTheValuesVariantAway() {
        Trial trial = Trial.printing(".ProxyImage").values(VALUES);
        ObjectNode pod = Trial.pod(POD);
        assertThat(Trial.annotation(trial.injected(pod), "out")).isEqualTo("h/proxyv2:t-distroless");
        pod.withObject("/metadata/annotations").put("sidecar.istio.io/proxyImageType", "");
        assertThat(Trial.annotation(trial.injected(pod), "out")).isEqualTo("h/proxyv2:t");
    }
}
