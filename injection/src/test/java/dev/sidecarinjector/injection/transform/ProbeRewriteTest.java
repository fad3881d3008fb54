package dev.sidecarinjector.injection.transform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class ProbeRewriteTest {
    private final Drafts drafts = new Drafts();

    @Test
    void anHttpProbeGoesToTheAgentWhichKnowsTheApplications() {
        PodDraft draft = container("readinessProbe: {periodSeconds: 7, timeoutSeconds: 3, httpGet: {port: 80, path: '/ready', host: 'h', "
                + "scheme: 'HTTP', httpHeaders: [{name: 'Host', value: 'a<b'}], fieldOfTheFuture: 1}}");
        assertThat(app(draft))
                .isEqualTo(Drafts.json("{name: 'app', readinessProbe: {periodSeconds: 7, timeoutSeconds: 3, httpGet: {port: 15020, "
                        + "path: '/app-health/app/readyz', host: 'h', scheme: 'HTTP', httpHeaders: [{name: 'Host', value: 'a<b'}], fieldOfTheFuture: 1}}}"));
        assertThat(told(draft))
                .isEqualTo("{\"/app-health/app/readyz\":{\"httpGet\":{\"path\":\"/ready\",\"port\":80,\"host\":\"h\",\"scheme\":\"HTTP\","
                        + "\"httpHeaders\":[{\"name\":\"Host\",\"value\":\"a\\u003cb\"}]},\"timeoutSeconds\":3}}");
    }

    @Test
    void httpsIsSpokenByTheAgentAndNotByTheKubelet() {
        PodDraft draft = container("livenessProbe: {httpGet: {port: 443, scheme: 'HTTPS'}}");
        assertThat(app(draft).path("livenessProbe").path("httpGet").path("scheme").asString()).isEqualTo("HTTP");
        assertThat(told(draft)).isEqualTo("{\"/app-health/app/livez\":{\"httpGet\":{\"port\":443,\"scheme\":\"HTTPS\"}}}");
    }

    @Test
    void connectionsAndGrpcChecksBecomeRequestsToTheAgent() {
        PodDraft draft = container(
                "livenessProbe: {tcpSocket: {port: 5, host: 'h'}}, startupProbe: {failureThreshold: 9, grpc: {port: 6}}, "
                        + "readinessProbe: {grpc: {port: 7, service: 's'}}");
        assertThat(app(draft))
                .isEqualTo(Drafts.json("{name: 'app', livenessProbe: {httpGet: {path: '/app-health/app/livez', port: 15020}}, "
                        + "startupProbe: {failureThreshold: 9, httpGet: {path: '/app-health/app/startupz', port: 15020}}, "
                        + "readinessProbe: {httpGet: {path: '/app-health/app/readyz', port: 15020}}}"));
        assertThat(told(draft)).isEqualTo("{\"/app-health/app/livez\":{\"tcpSocket\":{\"port\":5,\"host\":\"h\"}},"
                + "\"/app-health/app/readyz\":{\"grpc\":{\"port\":7,\"service\":\"s\"}},"
                + "\"/app-health/app/startupz\":{\"grpc\":{\"port\":6,\"service\":null}}}");
    }

    @Test
    void hooksHaveTheirOwnPathsAndNoTimeout() {
        PodDraft draft = container("lifecycle: {stopSignal: 'SIGTERM', preStop: {timeoutSeconds: 4, httpGet: {port: 8, path: '/stop'}}, "
                + "postStart: {tcpSocket: {port: 9}}}");
        assertThat(app(draft).path("lifecycle")).isEqualTo(Drafts.json("{stopSignal: 'SIGTERM', preStop: {timeoutSeconds: 4, "
                + "httpGet: {port: 15020, path: '/app-lifecycle/app/prestopz'}}, postStart: {httpGet: {path: '/app-lifecycle/app/poststartz', port: 15020}}}"));
        assertThat(told(draft)).isEqualTo("{\"/app-lifecycle/app/poststartz\":{\"tcpSocket\":{\"port\":9}},"
                + "\"/app-lifecycle/app/prestopz\":{\"httpGet\":{\"path\":\"/stop\",\"port\":8}}}");
    }

    @Test
    void commandsAndHooksThatSleepStay() {
        PodDraft draft = container(
                "livenessProbe: {exec: {command: ['x']}}, lifecycle: {preStop: {sleep: {seconds: 3}}, postStart: {grpc: {port: 1}}}");
        assertThat(draft.pod()).isEqualTo(draft.received());
    }

    @Test
    void namesOfPortsBecomeNumbers() {
        PodDraft draft = container("ports: [{name: 'web', containerPort: 8080}], livenessProbe: {tcpSocket: {port: 'web'}}");
        assertThat(told(draft)).isEqualTo("{\"/app-health/app/livez\":{\"tcpSocket\":{\"port\":8080}}}");
    }

    @Test
    void aPortThatNoContainerNamesIsRedirectedButCannotBeProbed() {
        PodDraft draft = container("livenessProbe: {httpGet: {port: 'nowhere'}}");
        assertThat(told(draft)).isNull();
        assertThat(app(draft).path("livenessProbe")).isEqualTo(Drafts.json("{httpGet: {port: 15020, path: '/app-health/app/livez'}}"));
    }

    @Test
    void aProbeOfTheAgentsPortWasRewrittenBefore() {
        PodDraft draft = container("livenessProbe: {httpGet: {port: 15020, path: '/app-health/app/livez'}}");
        assertThat(draft.pod()).isEqualTo(draft.received());
    }

    @Test
    void theAnnotationsPortIsWhereTheAgentAnswers() {
        drafts.mesh("defaultConfig: {statusPort: 15999}");
        String annotation = "metadata: {annotations: {'status.sidecar.istio.io/port': '15777'}}, ";
        PodDraft draft = pod(annotation, "livenessProbe: {httpGet: {port: 15020, path: '/l'}}");
        assertThat(app(draft).path("livenessProbe").path("httpGet").path("port").asInt()).isEqualTo(15777);
        assertThat(told(draft)).isEqualTo("{\"/app-health/app/livez\":{\"httpGet\":{\"path\":\"/l\",\"port\":15020}}}");
        PodDraft again = drafts.of(draft.pod());
        new ProbeRewrite().apply(again);
        assertThat(again.pod()).isEqualTo(again.received());
    }

    @Test
    void aProbeThatWasRewrittenToTheAnnotationsPortIsNotTakenForTheApplications() {
        PodDraft draft = pod("metadata: {annotations: {'status.sidecar.istio.io/port': '15777'}}, ",
                "livenessProbe: {httpGet: {port: 15777, path: '/app-health/app/livez'}}");
        assertThat(draft.pod()).isEqualTo(draft.received());
    }

    @Test
    void initContainersAreRewrittenAndTheProxyIsNot() {
        PodDraft draft = drafts.of("{spec: {initContainers: [{name: 'istio-proxy', readinessProbe: {httpGet: {port: 1}}}, "
                + "{name: 'side', restartPolicy: 'Always', startupProbe: {httpGet: {port: 2}}}], containers: [{name: 'app'}]}}");
        new ProbeRewrite().apply(draft);
        assertThat(draft.pod().path("spec").path("initContainers").path(0).path("readinessProbe"))
                .isEqualTo(Drafts.json("{httpGet: {port: 1}}"));
        assertThat(told(draft)).isEqualTo("{\"/app-health/side/startupz\":{\"httpGet\":{\"port\":2}}}");
    }

    @Test
    void withoutAProxyNothingHappens() {
        PodDraft draft = drafts.of("{spec: {containers: [{name: 'app', livenessProbe: {httpGet: {port: 1}}}]}}");
        new ProbeRewrite().apply(draft);
        assertThat(draft.pod()).isEqualTo(draft.received());
    }

    @ParameterizedTest(name = "values {0}, annotation {1}: {2}")
    @CsvSource(nullValues = "-", value = {"true,-,true", "false,-,false", "false,true,true", "true,false,false", "true,F,false",
            "true,no,true",
            "false,,false"})
    void theAnnotationDecidesWhereItIsABoolean(boolean values, String annotation, boolean wanted) {
        assertThat(ProbeRewrite.enabled(values, annotation)).isEqualTo(wanted);
    }

    @Test
    void aTemplateCanSwitchTheRewriteOff() {
        PodDraft draft = drafts.of("{spec: {containers: [{name: 'app', livenessProbe: {httpGet: {port: 1}}}, {name: 'istio-proxy'}]}}");
        draft.annotations().put("sidecar.istio.io/rewriteAppHTTPProbers", "false");
        new ProbeRewrite().apply(draft);
        assertThat(draft.pod().path("spec")).isEqualTo(draft.received().path("spec"));
    }

    @Test
    void probesThatTheAgentKnowsWinAndTheVariableStaysInItsPlace() {
        PodDraft draft = drafts
                .of("{spec: {containers: [{name: 'app', livenessProbe: {httpGet: {port: 1}}, readinessProbe: {httpGet: {port: 2}}}, "
                        + "{name: 'istio-proxy', env: [{name: 'ISTIO_KUBE_APP_PROBERS', value: '{\"/app-health/app/livez\":{\"tcpSocket\":{\"port\":9}}}'}, "
                        + "{name: 'Z', value: 'z'}]}]}}");
        new ProbeRewrite().apply(draft);
        assertThat(ProxyContainer.find(draft.pod()).path("env").path(0).path("value").asString())
                .isEqualTo(
                        "{\"/app-health/app/livez\":{\"tcpSocket\":{\"port\":9}},\"/app-health/app/readyz\":{\"httpGet\":{\"port\":2}}}");
        assertThat(ProxyContainer.find(draft.pod()).path("env").size()).isEqualTo(2);
    }

    @Test
    void aVariableThatIsNoJsonIsReplacedWithAWarning() {
        PodDraft draft = drafts.of("{spec: {containers: [{name: 'app', livenessProbe: {httpGet: {port: 1}}}, "
                + "{name: 'istio-proxy', env: [{name: 'ISTIO_KUBE_APP_PROBERS', value: '{'}]}]}}");
        new ProbeRewrite().apply(draft);
        assertThat(told(draft)).isEqualTo("{\"/app-health/app/livez\":{\"httpGet\":{\"port\":1}}}");
        assertThat(drafts.warnings).singleElement().satisfies(w -> assertThat(w.where()).contains("ISTIO_KUBE_APP_PROBERS"));
    }

    private PodDraft container(String fields) {
        return pod("", fields);
    }

    private PodDraft pod(String metadata, String fields) {
        PodDraft draft = drafts.of("{" + metadata + "spec: {containers: [{name: 'app', " + fields + "}, {name: 'istio-proxy'}]}}");
        new ProbeRewrite().apply(draft);
        return draft;
    }

    private static JsonNode app(PodDraft draft) {
        return draft.pod().path("spec").path("containers").path(0);
    }

    private static String told(PodDraft draft) {
        return Env.value(ProxyContainer.find(draft.pod()), "ISTIO_KUBE_APP_PROBERS");
    }
}
