package dev.sidecarinjector.injection.transform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetadataTest {
    private static final String CONFIG = "policy: enabled\ntemplates: {sidecar: ''}\ninjectedAnnotations: {team: blue, sidecar.istio.io/status: mine}\n";
    private final Drafts drafts = new Drafts();

    @Test
    void theInjectionIsRecorded() {
        PodDraft draft = drafts.revision("canary").of("{spec: {}}");
        draft.injected().add(Drafts
                .json("{spec: {initContainers: [{name: 'istio-init'}], containers: [{name: 'istio-proxy'}], volumes: [{name: 'v'}]}}"));
        new Metadata().apply(draft);
        assertThat(draft.annotations()).isEqualTo(Drafts.json("{'sidecar.istio.io/status': '{\"initContainers\":[\"istio-init\"],"
                + "\"containers\":[\"istio-proxy\"],\"volumes\":[\"v\"],\"imagePullSecrets\":null,\"revision\":\"canary\"}'}"));
    }

    @Test
    void theNetworkIsAlsoALabel() {
        drafts.proxyEnv.put("ISTIO_META_NETWORK", "n1");
        PodDraft draft = drafts.of("{metadata: {labels: {a: 'b'}}}");
        new Metadata().apply(draft);
        assertThat(draft.pod().path("metadata").path("labels")).isEqualTo(Drafts.json("{a: 'b', 'topology.istio.io/network': 'n1'}"));
    }

    @Test
    void theOperatorsAnnotationsOverwriteAllOthers() {
        PodDraft draft = drafts.config(CONFIG).of("{metadata: {annotations: {team: 'red'}}}");
        new Metadata().apply(draft);
        assertThat(draft.annotations()).isEqualTo(Drafts.json("{team: 'blue', 'sidecar.istio.io/status': 'mine'}"));
    }

    @Test
    void theCommandLineKnowsNoneOfTheOperatorsAnnotations() {
        PodDraft draft = drafts.config(CONFIG).commandLine().of("{metadata: {annotations: {team: 'red'}}}");
        new Metadata().apply(draft);
        assertThat(draft.annotation("team")).isEqualTo("red");
    }
}
