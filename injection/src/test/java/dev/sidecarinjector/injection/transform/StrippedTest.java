package dev.sidecarinjector.injection.transform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class StrippedTest {
    private final Drafts drafts = new Drafts();

    @Test
    void aPodThatWasNeverInjectedIsSeenAsItIs() {
        PodDraft draft = drafts.of("{spec: {containers: [{name: 'app'}]}}");
        assertThat(Stripped.of(draft)).isSameAs(draft.received());
    }

    @Test
    void whatAnInjectionBroughtIsGone() {
        ObjectNode seen = Stripped.of(drafts.of("{metadata: {labels: {a: 'b'}, annotations: {'sidecar.istio.io/status': "
                + "'{\"containers\":[\"istio-proxy\"],\"initContainers\":[\"istio-init\"]}', other: 'x'}}, spec: {hostname: 'h', "
                + "containers: [{name: 'app'}, {name: 'istio-proxy'}, {name: 'istio-init'}], initContainers: [{name: 'istio-init'}, {name: 'mine'}]}}"));
        assertThat(seen).isEqualTo(Drafts.json("{metadata: {labels: {a: 'b'}, annotations: {other: 'x'}}, spec: {hostname: 'h', "
                + "containers: [{name: 'app'}, {name: 'istio-init'}], initContainers: [{name: 'mine'}]}}"));
    }

    @Test
    void whatTheAuthorWroteComesBackAsItWas() {
        ObjectNode seen = Stripped
                .of(drafts.of("{metadata: {annotations: {'sidecar.istio.io/status': '{\"containers\":[\"app\",\"istio-proxy\"]}', "
                        + "'proxy.istio.io/overrides': '{\"containers\":[{\"name\":\"istio-proxy\",\"tty\":true},{\"name\":\"app\",\"image\":\"a\"}]}'}}, "
                        + "spec: {containers: [{name: 'istio-proxy', image: 'p'}, {name: 'app', image: 'a', env: [{name: 'X'}]}, {name: 'late'}]}}"));
        assertThat(seen.path("spec").path("containers"))
                .isEqualTo(Drafts.json("{c: [{name: 'app', image: 'a'}, {name: 'late'}, {name: 'istio-proxy', tty: true}]}").path("c"));
    }

    @Test
    void theAuthorsProxyComesBackWhereItStood() {
        String pod = "{spec: {containers: [{name: 'istio-proxy', image: 'auto', ports: [{containerPort: 1}]}, {name: 'app'}]}}";
        String template = "{spec: {initContainers: [{name: 'istio-proxy', image: 'p', restartPolicy: 'Always'}]}}";
        ObjectNode once = drafts.nativeSidecar().injected(Drafts.json(pod), java.util.List.of(_ -> Drafts.json(template)));
        assertThat(once.path("metadata").path("annotations").path("proxy.istio.io/overrides").asString()).contains("\"proxyPosition\":0");
        ObjectNode seen = Stripped.of(drafts.of(once));
        assertThat(seen.path("spec").path("containers").path(0).path("name").asString()).isEqualTo("istio-proxy");
        assertThat(seen.path("spec").path("containers").path(1).path("name").asString()).isEqualTo("app");
        assertThat(seen.path("spec").path("initContainers").isEmpty()).isTrue();
    }

    @Test
    void aNativeSidecarOfTheAuthorStaysAnInitContainer() {
        String pod = "{spec: {containers: [{name: 'app'}], initContainers: [{name: 'istio-proxy', restartPolicy: 'Always', ports: [{containerPort: 1}]}]}}";
        ObjectNode once = drafts.nativeSidecar().injected(Drafts.json(pod),
                java.util.List.of(_ -> Drafts.json("{spec: {initContainers: [{name: 'istio-proxy', image: 'p'}]}}")));
        assertThat(once.path("metadata").path("annotations").path("proxy.istio.io/overrides").asString()).doesNotContain("proxyPosition");
        ObjectNode seen = Stripped.of(drafts.of(once));
        assertThat(seen.path("spec").path("containers")).isEqualTo(Drafts.json("{c: [{name: 'app'}]}").path("c"));
        assertThat(seen.path("spec").path("initContainers").path(0).path("name").asString()).isEqualTo("istio-proxy");
        assertThat(seen.path("spec").path("initContainers").path(0).has("image")).isFalse();
    }

    @Test
    void scrapeAnnotationsAreAsBeforeTheMetricsWereMerged() {
        String pod = "{metadata: {annotations: {'prometheus.io/scrape': 'true', 'prometheus.io/port': '9102'}}, spec: {containers: [{name: 'app'}]}}";
        ObjectNode once = drafts.injected(Drafts.json(pod),
                java.util.List.of(_ -> Drafts.json("{spec: {containers: [{name: 'istio-proxy'}]}}")));
        assertThat(once.path("metadata").path("annotations").path("prometheus.io/port").asString()).isEqualTo("15020");
        assertThat(Stripped.of(drafts.of(once)).path("metadata").path("annotations"))
                .isEqualTo(Drafts.json(pod).path("metadata").path("annotations"));
    }
}
