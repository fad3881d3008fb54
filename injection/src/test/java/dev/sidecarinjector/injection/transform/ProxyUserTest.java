package dev.sidecarinjector.injection.transform;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ProxyUserTest {
    private static final String IPTABLES = "{spec: {initContainers: [{name: 'istio-init', args: ['-p', '15001', '-u', '1337', '-m', 'X'], "
            + "securityContext: {runAsUser: 0}}], containers: [{name: 'istio-proxy', securityContext: {runAsUser: 1337, runAsGroup: 1337}}]}}";
    private static final String VALIDATION = IPTABLES.replace("istio-init", "istio-validation").replace("runAsUser: 0",
            "runAsUser: 1337, runAsGroup: 1337");
    private static final String OWN = "spec: {containers: [{name: 'istio-proxy', image: 'auto', securityContext: {runAsUser: 2000, runAsGroup: 3000}}]}}";

    private final Drafts drafts = new Drafts();

    @Test
    void theIptablesContainerLeavesTheAuthorsUserAlone() {
        ObjectNode pod = drafts.merged("{" + OWN, IPTABLES).pod();
        assertThat(init(pod).path("args").path(3).asString()).isEqualTo("2000");
        assertThat(init(pod).path("securityContext")).isEqualTo(Drafts.json("{runAsUser: 0}"));
        assertThat(ProxyContainer.find(pod).path("securityContext")).isEqualTo(Drafts.json("{runAsUser: 2000, runAsGroup: 3000}"));
    }

    @Test
    void theValidationContainerRunsAsTheAuthorsUser() {
        ObjectNode pod = drafts.merged("{" + OWN, VALIDATION).pod();
        assertThat(init(pod).path("args").path(3).asString()).isEqualTo("2000");
        assertThat(init(pod).path("securityContext")).isEqualTo(Drafts.json("{runAsUser: 2000, runAsGroup: 3000}"));
    }

    @Test
    void withTproxyTheProxyRunsAsRootAndTheArgumentStillFollows() {
        ObjectNode pod = drafts.merged("{metadata: {annotations: {'sidecar.istio.io/interceptionMode': 'TPROXY'}}, " + OWN, VALIDATION)
                .pod();
        assertThat(ProxyContainer.find(pod).path("securityContext")).isEqualTo(Drafts.json("{runAsUser: 0, runAsGroup: 3000}"));
        assertThat(init(pod).path("args").path(3).asString()).isEqualTo("2000");
        assertThat(init(pod).path("securityContext")).isEqualTo(Drafts.json("{runAsUser: 1337, runAsGroup: 1337}"));
    }

    @Test
    void aGroupAloneIsCopiedAndTheArgumentStays() {
        ObjectNode pod = drafts.merged("{" + OWN.replace("runAsUser: 2000, ", ""), VALIDATION).pod();
        assertThat(init(pod).path("args").path(3).asString()).isEqualTo("1337");
        assertThat(init(pod).path("securityContext")).isEqualTo(Drafts.json("{runAsUser: 1337, runAsGroup: 3000}"));
    }

    @Test
    void rootIsNoUserToLeaveAlone() {
        ObjectNode pod = drafts.merged("{" + OWN.replace("2000", "0"), IPTABLES).pod();
        assertThat(init(pod).path("args").path(3).asString()).isEqualTo("1337");
    }

    @Test
    void withoutAnIptablesContainerNothingHappens() {
        String proxyOnly = "{spec: {containers: [{name: 'istio-proxy', securityContext: {runAsUser: 1337}}]}}";
        ObjectNode pod = drafts.merged("{" + OWN, proxyOnly).pod();
        assertThat(pod.path("spec").has("initContainers")).isFalse();
    }

    @Test
    void onASecondPassTheTemplatesOwnUserIsNotTakenForTheAuthors() {
        ObjectNode pod = drafts.merged("{metadata: {annotations: {'sidecar.istio.io/status': "
                + "'{\"containers\":[\"istio-proxy\"],\"initContainers\":[\"istio-validation\"]}'}}, spec: {containers: [{name: 'istio-proxy', "
                + "securityContext: {runAsUser: 1000, runAsGroup: 1000}}]}}", VALIDATION).pod();
        assertThat(init(pod).path("args").path(3).asString()).isEqualTo("1337");
        assertThat(ProxyContainer.find(pod).path("securityContext")).isEqualTo(Drafts.json("{runAsUser: 1337, runAsGroup: 1337}"));
    }

    private static JsonNode init(ObjectNode pod) {
        return pod.path("spec").path("initContainers").path(0);
    }
}
