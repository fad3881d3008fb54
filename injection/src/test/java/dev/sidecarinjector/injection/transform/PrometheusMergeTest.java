package dev.sidecarinjector.injection.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.injection.InjectionException;
import dev.sidecarinjector.injection.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

class PrometheusMergeTest {
    private static final String MERGED = "'prometheus.io/scrape': 'true', 'prometheus.io/port': '15020', 'prometheus.io/path': '/stats/prometheus'";

    private final Drafts drafts = new Drafts();

    @Test
    void theAgentIsScrapedAndKnowsWhereTheApplicationIs() {
        PodDraft draft = apply("'prometheus.io/scrape': 'true', 'prometheus.io/port': '9102', 'prometheus.io/path': '/m'");
        assertThat(annotations(draft)).isEqualTo(Drafts.json("{" + MERGED + "}"));
        assertThat(told(draft)).isEqualTo("{\"scrape\":\"true\",\"path\":\"/m\",\"port\":\"9102\"}");
    }

    @Test
    void aPodThatSaysNothingIsScrapedForTheProxyAlone() {
        PodDraft draft = apply("other: 'x'");
        assertThat(annotations(draft)).isEqualTo(Drafts.json("{other: 'x', " + MERGED + "}"));
        assertThat(told(draft)).isNull();
    }

    @Test
    void aPodWithoutAProxyIsAnnotatedToo() {
        PodDraft draft = drafts.of("{spec: {containers: [{name: 'app'}]}}");
        new PrometheusMerge().apply(draft);
        assertThat(annotations(draft)).isEqualTo(Drafts.json("{" + MERGED + "}"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"prometheus.io/scrape", "prometheus.io.scrape", "prometheus-io-scrape", "prometheus_io_scrape",
            "prometheus/io.scrape"})
    void anyKeyThatPrometheusTakesForScrapeSwitchesOff(String key) {
        PodDraft draft = apply("'" + key + "': 'false', 'prometheus.io/port': '9102'");
        assertThat(draft.pod()).isEqualTo(draft.received());
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "f", "F", "FALSE", "False"})
    void scrapeIsOffInAllSpellingsOfFalse(String value) {
        PodDraft draft = apply("'prometheus.io/scrape': '" + value + "'");
        assertThat(draft.pod()).isEqualTo(draft.received());
    }

    @Test
    void aScrapeThatIsNoBooleanDoesNotSwitchOff() {
        assertThat(told(apply("'prometheus.io/scrape': 'no'"))).isEqualTo("{\"scrape\":\"no\",\"path\":\"\",\"port\":\"\"}");
    }

    @ParameterizedTest(name = "mesh {0}, annotation {1}: {2}")
    @CsvSource(nullValues = "-", value = {"-,-,true", "true,-,true", "false,-,false", "false,true,true", "true,false,false", "true,0,false",
            "false,maybe,false"})
    void theAnnotationDecidesThenTheMesh(Boolean mesh, String annotation, boolean wanted) {
        assertThat(PrometheusMerge.enabled(mesh, annotation)).isEqualTo(wanted);
    }

    @Test
    void anOptOutOfTheMeshLeavesThePodAlone() {
        drafts.mesh("enablePrometheusMerge: false");
        PodDraft draft = apply("'prometheus.io/port': '9102'");
        assertThat(draft.pod()).isEqualTo(draft.received());
    }

    @Test
    void theMeshsPortCountsAndNotTheAnnotationForTheStatusPort() {
        drafts.mesh("defaultConfig: {statusPort: 15999}");
        PodDraft draft = apply("'status.sidecar.istio.io/port': '15777'");
        assertThat(annotations(draft).path("prometheus.io/port").asString()).isEqualTo("15999");
    }

    @Test
    void aPortThatIsTheAgentsAlreadyMeansThatNothingIsLeftToDo() {
        PodDraft draft = apply("'prometheus.io/port': '15020', 'prometheus.io/scrape': 'true'");
        assertThat(draft.pod()).isEqualTo(draft.received());
    }

    @Test
    void targetsReplacePortAndPathAndDisappear() {
        PodDraft draft = apply("'prometheus.io/port': '1', 'prometheus.istio.io/scrape-targets': ' 8080 : /a ,, 9100,'");
        assertThat(annotations(draft)).isEqualTo(Drafts.json("{" + MERGED + "}"));
        assertThat(told(draft)).isEqualTo("{\"scrape\":\"\",\"path\":\"/a\",\"port\":\"8080\","
                + "\"targets\":[{\"port\":\"8080\",\"path\":\"/a\"},{\"port\":\"9100\",\"path\":\"/metrics\"}]}");
    }

    @Test
    void aTargetWithoutAPortSpoilsTheListAndWarns() {
        PodDraft draft = apply("'prometheus.istio.io/scrape-targets': '8080,:/x'");
        assertThat(told(draft)).isNull();
        assertThat(drafts.warnings).singleElement().satisfies(warning -> assertThat(warning.line()).contains("scrape-targets", ":/x"));
    }

    @ParameterizedTest
    @CsvSource({"15000,reserved for Istio", "15090,reserved for Istio", "15020,the agent's own", "0,not a number from 1 to 65535",
            "65536,not a number", "http,not a number", "-1,not a number"})
    void aTargetThatTheAgentCannotScrapeIsRefused(String port, String fault) {
        assertThatThrownBy(() -> apply("'prometheus.istio.io/scrape-targets': '8080," + port + ":/x'"))
                .isInstanceOf(InjectionException.class).hasMessageStartingWith("invalid prometheus scrape targets: ")
                .hasMessageContaining(port).hasMessageContaining(fault)
                .extracting(e -> ((InjectionException) e).reason()).isEqualTo(Reason.INVALID_PROMETHEUS);
    }

    @Test
    void aPortThatTheAgentCannotScrapeIsRefused() {
        assertThatThrownBy(() -> apply("'prometheus.io/port': '15001'")).isInstanceOf(InjectionException.class)
                .hasMessageStartingWith("invalid prometheus scrape configuration: ").hasMessageContaining("15001");
    }

    @Test
    void ofSeveralSpellingsTheCanonicalOneCountsAndAWarningNamesBoth() {
        PodDraft draft = apply(
                "'prometheus.io.scrape': 'false', 'prometheus.io/scrape': 'true', 'prometheus.io-port': '2', 'prometheus.io.port': '3'");
        // '-' sorts before '.'.
        assertThat(told(draft)).isEqualTo("{\"scrape\":\"true\",\"path\":\"\",\"port\":\"2\"}");
        assertThat(annotations(draft)).isEqualTo(Drafts.json("{" + MERGED + "}"));
        assertThat(drafts.warnings).hasSize(2);
        assertThat(drafts.warnings.getFirst().line()).contains("prometheus.io.scrape", "prometheus.io/scrape");
        assertThat(drafts.warnings.getLast().line()).contains("prometheus.io-port", "prometheus.io.port");
    }

    @Test
    void whatTheTemplateSaysAnewOnASecondPassIsNotTakenForTheAuthors() {
        String annotations = MERGED + ", 'sidecar.istio.io/status': '{\"containers\":[\"istio-proxy\"]}'";
        PodDraft draft = drafts.of(pod(annotations));
        draft.annotations().put("prometheus.io/port", "9999").put("prometheus.io.path", "/template");
        new PrometheusMerge().apply(draft);
        assertThat(draft.pod()).isEqualTo(draft.received());
    }

    private PodDraft apply(String annotations) {
        PodDraft draft = drafts.of(pod(annotations));
        new PrometheusMerge().apply(draft);
        return draft;
    }

    private static String pod(String annotations) {
        return "{metadata: {annotations: {" + annotations + "}}, spec: {containers: [{name: 'app'}, {name: 'istio-proxy'}]}}";
    }

    private static ObjectNode annotations(PodDraft draft) {
        return draft.annotations();
    }

    private static String told(PodDraft draft) {
        return Env.value(ProxyContainer.find(draft.pod()), "ISTIO_PROMETHEUS_ANNOTATIONS");
    }
}
