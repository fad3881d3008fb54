package dev.sidecarinjector.injection.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenShiftTest {
    private static final String TEMPLATE = "{spec: {containers: [{name: 'istio-proxy', image: 'proxy:1', securityContext: {runAsUser: 1009, runAsGroup: 1009}}]}}";

    @ParameterizedTest(name = "uid-range {0}, groups {1}: {2}, {3}")
    @CsvSource(value = {"1000/10,2000/5,1009,2004", "1000-1500,-,1500,1500", "1000/10,'2000-2100,3000/5',1009,2100", "1000/10,'',1009,1009",
            "-,-,1337,1337", "-,2000/5,1337,2004", "abc,def,1337,1337", "1000/0,-,1337,1337", "1000/-3,-,1337,1337",
            "2000-1000,-,1337,1337",
            "1000,-,1337,1337", "9223372036854775807/9,-,1337,1337"})
    void idsAreTheEndsOfTheNamespacesRanges(String uids, String groups, long uid, long gid) {
        Map<String, String> annotations = new HashMap<>();
        if (!uids.equals("-")) {
            annotations.put("openshift.io/sa.scc.uid-range", uids);
        }
        if (!groups.equals("-")) {
            annotations.put("openshift.io/sa.scc.supplemental-groups", groups);
        }
        assertThat(OpenShift.ids(annotations)).isEqualTo(new OpenShift.Ids(uid, gid));
    }

    @Test
    void withoutANamespaceTheUsualIdsHold() {
        assertThat(OpenShift.ids(null)).isEqualTo(new OpenShift.Ids(1337, 1337));
    }

    @Test
    void idsThatThePlatformAssignedToTheWholePodAreNotTheAuthors() {
        PodDraft draft = new Drafts().openshift().merged(pod(1000, 1000), TEMPLATE);
        assertThat(ProxyContainer.find(draft.pod()).path("securityContext"))
                .isEqualTo(Drafts.json("{runAsUser: 1009, runAsGroup: 1009, readOnlyRootFilesystem: false}"));
        assertThat(draft.annotation("proxy.istio.io/overrides"))
                .isEqualTo(
                        "{\"containers\":[{\"name\":\"istio-proxy\",\"resources\":{},\"securityContext\":{\"readOnlyRootFilesystem\":false}}]}");
    }

    @Test
    void idsThatDifferFromTheApplicationsAreTheAuthors() {
        PodDraft draft = new Drafts().openshift().merged(pod(1000, 1234), TEMPLATE);
        assertThat(ProxyContainer.find(draft.pod()).path("securityContext").path("runAsUser").asInt()).isEqualTo(1234);
    }

    @Test
    void elsewhereAllIdsAreTheAuthors() {
        assertThat(
                ProxyContainer.find(new Drafts().merged(pod(1000, 1000), TEMPLATE).pod()).path("securityContext").path("runAsUser").asInt())
                .isEqualTo(1000);
        assertThat(
                ProxyContainer.find(new Drafts().openshift().commandLine().merged(pod(1000, 1000), TEMPLATE).pod()).path("securityContext")
                        .path("runAsUser").asInt())
                .isEqualTo(1000);
    }

    private static String pod(int applicationUser, int proxyUser) {
        return "{spec: {initContainers: [{name: 'istio-init', securityContext: {runAsUser: 7}}], containers: [{name: 'app', securityContext: {runAsUser: "
                + applicationUser + "}}, {name: 'istio-proxy', image: 'auto', securityContext: {runAsUser: " + proxyUser
                + ", runAsGroup: 1000, readOnlyRootFilesystem: false}}]}}";
    }
}
