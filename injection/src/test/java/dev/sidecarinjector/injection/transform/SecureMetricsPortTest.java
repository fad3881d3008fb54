package dev.sidecarinjector.injection.transform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SecureMetricsPortTest {
    @ParameterizedTest(name = "{0} with annotation {1}: {2}")
    @CsvSource(nullValues = "-", value = {"15092,-,15092", "0,-,-", "'',-,-", "-,-,-", "15092,prometheus.istio.io/secure-port,7",
            "15092,prometheus.istio.io.secure_port,-"})
    void theFirstRealPortIsPublishedUnlessTheAuthorDid(String value, String annotation, String wanted) {
        PodDraft draft = new Drafts()
                .of("{metadata: {annotations: {" + (annotation == null ? "" : "'" + annotation + "': '7'") + "}}, spec: {containers: [{"
                        + "name: 'istio-proxy', env: [{name: 'ENVOY_SECURE_METRICS_PORT', value: '1'}"
                        + (value == null ? "" : ", {name: 'ENVOY_SECURE_MERGED_METRICS_PORT', value: '" + value + "'}") + "]}]}}");
        new SecureMetricsPort().apply(draft);
        assertThat(draft.annotation("prometheus.istio.io/secure-port")).isEqualTo(wanted);
    }

    @ParameterizedTest
    @CsvSource({"0", "''"})
    void anEmptyPortGivesWayToALaterOne(String first) {
        PodDraft draft = new Drafts()
                .of("{spec: {containers: [{name: 'istio-proxy', env: [{name: 'ENVOY_SECURE_MERGED_METRICS_PORT', value: '" + first
                        + "'}, {name: 'ENVOY_SECURE_MERGED_METRICS_PORT', value: '15093'}]}]}}");
        new SecureMetricsPort().apply(draft);
        assertThat(draft.annotation("prometheus.istio.io/secure-port")).isEqualTo("15093");
    }
}
