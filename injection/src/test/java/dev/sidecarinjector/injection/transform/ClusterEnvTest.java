package dev.sidecarinjector.injection.transform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ClusterEnvTest {
    private final Drafts drafts = new Drafts();

    @Test
    void variablesMoveToTheEndInTheOrderOfTheirNames() {
        drafts.proxyEnv.put("ISTIO_META_NETWORK", "n1");
        drafts.proxyEnv.put("ISTIO_META_CLUSTER_ID", "c1");
        PodDraft draft = drafts.of("{spec: {containers: [{name: 'istio-proxy', env: [{name: 'ISTIO_META_NETWORK', value: 'old'}, "
                + "{name: 'A', value: 'a'}, {name: 'ISTIO_META_NETWORK', value: 'older'}]}]}}");
        new ClusterEnv().apply(draft);
        assertThat(draft.pod()).isEqualTo(Drafts.json("{spec: {containers: [{name: 'istio-proxy', env: [{name: 'A', value: 'a'}, "
                + "{name: 'ISTIO_META_CLUSTER_ID', value: 'c1'}, {name: 'ISTIO_META_NETWORK', value: 'n1'}]}]}}"));
    }

    @Test
    void theRegularProxyIsMeantWhereThereAreTwo() {
        drafts.proxyEnv.put("X", "1");
        PodDraft draft = drafts.of("{spec: {initContainers: [{name: 'istio-proxy'}], containers: [{name: 'istio-proxy'}]}}");
        new ClusterEnv().apply(draft);
        assertThat(draft.pod()).isEqualTo(Drafts
                .json("{spec: {initContainers: [{name: 'istio-proxy'}], containers: [{name: 'istio-proxy', env: [{name: 'X', value: '1'}]}]}}"));
    }

    @Test
    void aNativeSidecarIsFoundToo() {
        drafts.proxyEnv.put("X", "1");
        PodDraft draft = drafts.of("{spec: {initContainers: [{name: 'istio-proxy'}], containers: [{name: 'app'}]}}");
        new ClusterEnv().apply(draft);
        assertThat(Env.value(ProxyContainer.find(draft.pod()), "X")).isEqualTo("1");
    }

    @Test
    void nothingHappensWithoutVariablesOrWithoutAProxy() {
        PodDraft without = drafts.of("{spec: {containers: [{name: 'istio-proxy'}]}}");
        new ClusterEnv().apply(without);
        assertThat(without.pod()).isEqualTo(without.received());
        drafts.proxyEnv.put("X", "1");
        PodDraft noProxy = drafts.of("{spec: {containers: [{name: 'app'}]}}");
        new ClusterEnv().apply(noProxy);
        assertThat(noProxy.pod()).isEqualTo(noProxy.received());
    }
}
