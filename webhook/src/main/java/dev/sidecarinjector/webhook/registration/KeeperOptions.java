package dev.sidecarinjector.webhook.registration;

import dev.sidecarinjector.webhook.certificate.Lives;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is kept in the cluster.
 *
 * @param revision      whose registrations, by their label istio.io/rev
 * @param namespace     of the Secret, the Lease and our own pods
 * @param identity      of this replica, such as the pod's name
 * @param secret        the Secret with self-made certificates; null where they are in files
 * @param names         the DNS names that the API server calls, such as sidecar-injector.istio-system.svc
 * @param lives         of self-made certificates
 * @param registrations folder with wanted registrations; null for none
 * @param owner         ClusterRole that owns registrations; null where none is made anew
 * @param podLabels     labels of our own pods that no registration may match
 */
public record KeeperOptions(String revision, String namespace, String identity, @Nullable String secret, List<String> names, Lives lives,
        @Nullable Path registrations, @Nullable String owner, Map<String, String> podLabels) {
    /** What the peer's chart calls a control plane without a name. */
    private static final String DEFAULT = "default";

    String lease() {
        return revision.equals(DEFAULT) ? "sidecar-injector" : "sidecar-injector-" + revision;
    }
}
