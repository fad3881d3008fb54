package dev.sidecarinjector.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Certificates are exchanged while pods are admitted. */
@OnCluster
class CertificateTest {
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Duration TURN = Duration.ofSeconds(2);
    private static final int TURNS = 10;

    /** Certificates that are renewed every two seconds, and authorities that follow each other as fast as that allows. */
    @Test
    void noAdmissionFailsWhileTheProgramRenewsAll(Cluster cluster) throws Exception {
        KubernetesClient client = cluster.client();
        try (Installation _ = Installation.of(cluster, "replicaCount: 2", "--cert-life=60s", "--cert-renewal=2s");
                Workloads pods = Workloads.in(cluster, "self-made", Map.of("istio-injection", "enabled"))) {
            Set<String> certificates = new HashSet<>();
            Set<String> authorities = new HashSet<>();
            try (AdmissionLoad load = AdmissionLoad.on(client, pods, pod -> Workloads.isInjected(pod) ? null : "no sidecar")) {
                Eventually.is(LIMIT, TURNS + " certificates and another authority were made", () -> {
                    Map<String, String> data = client.secrets().inNamespace(Installation.NAMESPACE)
                            .withName("sidecar-injector-certificates").get().getData();
                    certificates.add(data.get("tls.crt"));
                    authorities.add(data.get("ca.crt"));
                    return certificates.size() >= TURNS && authorities.size() > 1;
                });
                int answers = load.answers();
                Eventually.is(LIMIT, "admissions go on", () -> load.answers() > answers + 10);
                load.end();
                assertThat(load.complaints()).isEmpty();
            }
        }
    }

    /** Files from outside, as cert-manager renews them: the same authority, another certificate every two seconds. */
    @Test
    void noAdmissionFailsWhileFilesAreRenewed(Cluster cluster) throws Exception {
        KubernetesClient client = cluster.client();
        Authority authority = new Authority();
        String host = "sidecar-injector." + Installation.NAMESPACE + ".svc";
        Installation.givenSecret(client, "renewed", authority.issue(host));
        String bundle = Base64.getEncoder().encodeToString(authority.certificate().getBytes(StandardCharsets.UTF_8));
        try (Installation _ = Installation.of(cluster,
                "{certificates: {source: secret, secretName: renewed}, istiodRemote: {injectionCABundle: " + bundle + "}}");
                Workloads pods = Workloads.in(cluster, "given", Map.of("istio-injection", "enabled"));
                AdmissionLoad load = AdmissionLoad.on(client, pods, pod -> Workloads.isInjected(pod) ? null : "no sidecar")) {
            for (int i = 0; i < TURNS; i++) {
                int answers = load.answers();
                Installation.givenSecret(client, "renewed", authority.issue(host));
                Thread.sleep(TURN);
                Eventually.is(LIMIT, "admissions go on", () -> load.answers() > answers);
            }
            load.end();
            assertThat(load.complaints()).isEmpty();
        }
    }
}
