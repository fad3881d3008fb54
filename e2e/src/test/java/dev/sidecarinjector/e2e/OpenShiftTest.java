package dev.sidecarinjector.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Namespaces that carry OpenShift's ranges of ids; that needs no OpenShift. */
@OnCluster
class OpenShiftTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Test
    void theProxyRunsWithIdsOfTheNamespacesRangesAlsoWhenTheyChange(Cluster cluster) throws Exception {
        try (Installation _ = Installation.of(cluster, "env: {PLATFORM: openshift}");
                Workloads plain = Workloads.in(cluster, "openshift-none", Map.of("istio-injection", "enabled"));
                Workloads pods = Workloads.in(cluster, "openshift", Map.of("istio-injection", "enabled"))) {
            assertThat(ids(cluster, plain)).as("no ranges").isEqualTo("1337:1337");

            annotate(cluster, pods, "1000680000/10000", "1000690000/10000");
            Eventually.is(PATIENCE, "the last ids of both ranges", () -> ids(cluster, pods).equals("1000689999:1000699999"));
            annotate(cluster, pods, "2000-2999", "3000-3999,5000-5999");
            Eventually.is(PATIENCE, "ranges from end to end, and the first of several", () -> ids(cluster, pods).equals("2999:3999"));
            assertThat(ids(cluster, plain)).as("the other namespace").isEqualTo("1337:1337");
        }
    }

    private static void annotate(Cluster cluster, Workloads pods, String users, String groups) {
        cluster.client().namespaces().withName(pods.namespace()).edit(namespace -> new NamespaceBuilder(namespace).editMetadata()
                .addToAnnotations("openshift.io/sa.scc.uid-range", users)
                .addToAnnotations("openshift.io/sa.scc.supplemental-groups", groups)
                .endMetadata().build());
    }

    private static String ids(Cluster cluster, Workloads pods) {
        SecurityContext context = Workloads
                .proxy(cluster.client().resource(pods.pod("shown", Map.of()).build()).dryRun().create()).getSecurityContext();
        return context.getRunAsUser() + ":" + context.getRunAsGroup();
    }
}
