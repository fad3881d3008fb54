package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What goes wrong easily when probes are rewritten; the numbers are those of the list of traps. */
class TrapsOfProbesTest {
    private static final String PROBERS = "ISTIO_KUBE_APP_PROBERS";
    private static final Trial PROXY = Trial.of("spec: {containers: [{name: istio-proxy}]}");

    /** Trap 76. */
    @Test
    void aProbeOfTheStatusPortIsNotRecordedAgain() {
        JsonNode pod = PROXY
                .injected("{spec: {containers: [{name: app, livenessProbe: {httpGet: {path: /app-health/app/livez, port: 15020}}}]}}");
        assertThat(Trial.env(Trial.container(pod, "istio-proxy"), PROBERS)).isNull();
    }

    /** Trap 77. */
    @Test
    void theAnnotatedStatusPortAnswersProbes() {
        JsonNode pod = PROXY.injected("""
                metadata: {annotations: {status.sidecar.istio.io/port: "15099"}}
                spec: {containers: [{name: app, livenessProbe: {httpGet: {path: /live, port: 80}}}]}
                """);
        assertThat(pod.at("/spec/containers/0/livenessProbe/httpGet/port").asInt()).isEqualTo(15099);
    }

    /** Trap 81. */
    @Test
    void embeddedJsonIsEscapedAsGoEscapesIt() {
        JsonNode pod = PROXY.injected("{spec: {containers: [{name: app, livenessProbe: {httpGet: {path: '/live?a=1&b=<c>', port: 80}}}]}}");
        assertThat(Trial.env(Trial.container(pod, "istio-proxy"), PROBERS)).contains("/live?a=1\\u0026b=\\u003cc\\u003e");
    }

    /** Trap 86. */
    @Test
    void aProbeOfAPortThatNobodyHasIsRewrittenAndNotRecorded() {
        JsonNode pod = PROXY.injected("{spec: {containers: [{name: app, readinessProbe: {httpGet: {path: /, port: nowhere}}}]}}");
        assertThat(pod.at("/spec/containers/0/readinessProbe/httpGet/path").asString()).isEqualTo("/app-health/app/readyz");
        assertThat(Trial.env(Trial.container(pod, "istio-proxy"), PROBERS)).isNull();
    }

    /** Trap 113. */
    @Test
    void twoSpellingsOfOneAnnotationGiveOneResultAndAWarningThatNamesBoth() {
        String one = "prometheus.io.scrape: \"false\"";
        String two = "prometheus.io/scrape: \"true\"";
        var first = PROXY.inject("{metadata: {annotations: {" + one + ", " + two + "}}, spec: {containers: [{name: app}]}}");
        var second = PROXY.inject("{metadata: {annotations: {" + two + ", " + one + "}}, spec: {containers: [{name: app}]}}");
        assertThat(first.pod()).isNotNull().isEqualTo(second.pod());
        assertThat(first.warnings())
                .anyMatch(warning -> warning.line().contains("prometheus.io.scrape") && warning.line().contains("prometheus.io/scrape"));
    }
}
