package dev.sidecarinjector.injection.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.injection.InjectionException;
import dev.sidecarinjector.injection.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class UserContainersTest {
    private static final String PROXY = "{spec: {containers: [{name: 'istio-proxy', image: 'proxy:1', args: ['a', 'b']}]}}";
    private static final String NATIVE = "{spec: {initContainers: [{name: 'istio-proxy', image: 'proxy:1', restartPolicy: 'Always'}]}}";

    private final Drafts drafts = new Drafts();

    @Test
    void theAuthorsFieldsWinAndAreRecorded() {
        PodDraft draft = drafts.merged("{spec: {containers: [{name: 'app'}, {name: 'istio-proxy', image: 'own:2', args: ['c']}]}}", PROXY);
        ObjectNode proxy = ProxyContainer.find(draft.pod());
        assertThat(proxy.path("image").asString()).isEqualTo("own:2");
        assertThat(proxy.path("args")).isEqualTo(Drafts.json("{a: ['c']}").path("a"));
        assertThat(draft.annotation("proxy.istio.io/overrides"))
                .isEqualTo("{\"containers\":[{\"name\":\"istio-proxy\",\"image\":\"own:2\",\"args\":[\"c\"],\"resources\":{}}]}");
    }

    @Test
    void anImageOfAutoIsThePlaceForTheTemplates() {
        PodDraft draft = drafts.merged("{spec: {containers: [{name: 'istio-proxy', image: 'auto', tty: true}]}}", PROXY);
        assertThat(ProxyContainer.find(draft.pod()).path("image").asString()).isEqualTo("proxy:1");
        assertThat(draft.annotation("proxy.istio.io/overrides"))
                .isEqualTo("{\"containers\":[{\"name\":\"istio-proxy\",\"resources\":{},\"tty\":true}]}");
    }

    @Test
    void anyContainerThatATemplateNamesIsRecordedAlsoAnApplications() {
        PodDraft draft = drafts.merged("{spec: {containers: [{name: 'app', image: 'app:1'}]}}",
                "{spec: {containers: [{name: 'app', image: 'other:1', env: [{name: 'X', value: '1'}]}]}}");
        assertThat(draft.pod()).isEqualTo(Drafts.json(
                "{spec: {containers: [{name: 'app', image: 'app:1', env: [{name: 'X', value: '1'}]}]}, metadata: {annotations: {'proxy.istio.io/overrides': "
                        + "'{\"containers\":[{\"name\":\"app\",\"image\":\"app:1\",\"resources\":{}}]}'}}}"));
    }

    @Test
    void nothingIsRecordedWhereTheAuthorWroteNone() {
        PodDraft draft = drafts.merged("{spec: {containers: [{name: 'app'}]}}", PROXY);
        assertThat(draft.annotation("proxy.istio.io/overrides")).isNull();
    }

    @Test
    void nullsAndEmptyListsOfTheAuthorTakeNothingFromTheTemplate() {
        PodDraft draft = drafts.merged("{spec: {containers: [{name: 'istio-proxy', image: 'auto', args: [], command: null}]}}", PROXY);
        assertThat(ProxyContainer.find(draft.pod()).path("args").size()).isEqualTo(2);
    }

    @Test
    void unknownFieldsOfTheAuthorSurvive() {
        PodDraft draft = drafts.merged("{spec: {containers: [{name: 'istio-proxy', image: 'auto', fieldOfTheFuture: {a: 1}}]}}", PROXY);
        assertThat(ProxyContainer.find(draft.pod()).path("fieldOfTheFuture")).isEqualTo(Drafts.json("{a: 1}"));
    }

    @ParameterizedTest(name = "setting {0}, annotation {1}: {2}")
    @CsvSource(value = {"true,-,initContainers", "true,false,containers", "true,true,initContainers", "true,maybe,initContainers",
            "false,true,initContainers", "false,-,containers", "false,false,containers", "false,True,containers"})
    void theAuthorsProxyMovesWhereANativeSidecarBelongs(boolean setting, String annotation, String list) {
        if (setting) {
            drafts.nativeSidecar();
        }
        String metadata = annotation.equals("-")
                ? ""
                : "metadata: {annotations: {'sidecar.istio.io/nativeSidecar': '" + annotation + "'}}, ";
        PodDraft draft = drafts
                .of("{" + metadata + "spec: {containers: [{name: 'app'}, {name: 'istio-proxy'}], initContainers: [{name: 'first'}]}}");
        UserContainers.beforeOverlay(draft, Drafts.json(NATIVE));
        assertThat(PodTree.indexOf(PodTree.list(draft.pod().path("spec"), list), "istio-proxy")).isEqualTo(1);
        assertThat(draft.pod().path("spec").path("containers").size() + draft.pod().path("spec").path("initContainers").size())
                .isEqualTo(3);
    }

    @Test
    void theProxyStaysWhereTheTemplateBringsNoNativeSidecar() {
        PodDraft draft = drafts.nativeSidecar().of("{spec: {containers: [{name: 'istio-proxy'}]}}");
        UserContainers.beforeOverlay(draft, Drafts.json(PROXY));
        assertThat(draft.pod()).isEqualTo(draft.received());
    }

    @Test
    void aMovedProxyIsRecordedAmongTheInitContainers() {
        PodDraft draft = drafts.nativeSidecar().merged("{spec: {containers: [{name: 'istio-proxy', image: 'auto', tty: true}]}}", NATIVE);
        assertThat(draft.pod().path("spec").path("containers").isEmpty()).isTrue();
        assertThat(draft.annotation("proxy.istio.io/overrides"))
                .isEqualTo("{\"initContainers\":[{\"name\":\"istio-proxy\",\"resources\":{},\"tty\":true}]}");
    }

    @Test
    void aLaterTemplateThatNamesTheProxyUnderContainersMakesASecondOne() {
        PodDraft draft = drafts.nativeSidecar().merged("{spec: {containers: [{name: 'app'}]}}", NATIVE,
                "{spec: {containers: [{name: 'istio-proxy', tty: true}]}}");
        assertThat(draft.pod().path("spec").path("containers").path(0)).isEqualTo(Drafts.json("{name: 'istio-proxy', tty: true}"));
        assertThat(draft.pod().path("spec").path("initContainers").path(0).path("name").asString()).isEqualTo("istio-proxy");
    }

    @Test
    void recordedContainersThatNoStatusListsAreTheSource() {
        PodDraft draft = drafts.merged(
                "{metadata: {annotations: {'proxy.istio.io/overrides': '{\"containers\":[{\"name\":\"istio-proxy\",\"image\":\"kept:1\"}]}'}}, "
                        + "spec: {containers: [{name: 'istio-proxy', image: 'other:1'}]}}",
                PROXY);
        assertThat(ProxyContainer.find(draft.pod()).path("image").asString()).isEqualTo("kept:1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{|not JSON", "[]|not a JSON object", "{\"containers\":7}|\"containers\" is not a list",
            "{\"initContainers\":[1]}|has an element that is not a container"})
    void aMalformedRecordStopsTheInjection(String text, String fault) {
        ObjectNode pod = Drafts.json("{metadata: {annotations: {}}, spec: {containers: [{name: 'istio-proxy'}]}}");
        pod.withObject("/metadata").withObject("annotations").put("proxy.istio.io/overrides", text);
        assertThatThrownBy(() -> drafts.merged(pod, java.util.List.of(_ -> Drafts.json(PROXY)))).isInstanceOf(InjectionException.class)
                .hasMessageContaining("proxy.istio.io/overrides").hasMessageContaining(fault)
                .extracting(e -> ((InjectionException) e).reason()).isEqualTo(Reason.INVALID_ANNOTATION);
    }
}
