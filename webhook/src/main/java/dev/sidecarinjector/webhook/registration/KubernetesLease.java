package dev.sidecarinjector.webhook.registration;

import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/** A Lease object of the cluster. The times in it are for people: nobody here decides by them. */
final class KubernetesLease implements Leadership.Lease {
    private final KubernetesClient client;
    private final String namespace;
    private final String name;
    private final Clock clock;
    private @Nullable Lease last;

    KubernetesLease(KubernetesClient client, String namespace, String name, Clock clock) {
        this.client = client;
        this.namespace = namespace;
        this.name = name;
        this.clock = clock;
    }

    @Override
    public Leadership.@Nullable Held read() {
        Lease found = client.leases().inNamespace(namespace).withName(name).get();
        last = found;
        if (found == null) {
            return null;
        }
        String holder = found.getSpec() == null ? null : found.getSpec().getHolderIdentity();
        return new Leadership.Held(holder == null ? "" : holder, found.getMetadata().getResourceVersion());
    }

    @Override
    public boolean write(Leadership.@Nullable Held read, String holder) {
        ZonedDateTime now = ZonedDateTime.now(clock);
        Lease before = read == null ? null : last;
        LeaseBuilder next = before == null
                ? new LeaseBuilder().withNewMetadata().withNamespace(namespace).withName(name).endMetadata()
                : before.edit();
        boolean same = read != null && read.holder().equals(holder);
        int changes = before == null || before.getSpec() == null || before.getSpec().getLeaseTransitions() == null
                ? 0
                : before.getSpec().getLeaseTransitions();
        var spec = next.editOrNewSpec().withHolderIdentity(holder).withRenewTime(now)
                .withLeaseDurationSeconds((int) Leadership.LEASE.toSeconds())
                .withLeaseTransitions(same || holder.isEmpty() ? changes : changes + 1);
        Lease written = (same ? spec : spec.withAcquireTime(now)).endSpec().build();
        try {
            var operation = client.leases().inNamespace(namespace).resource(written);
            last = read == null ? operation.create() : operation.update();
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == 409) {
                return false;
            }
            throw e;
        }
    }
}
