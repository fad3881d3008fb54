package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.Owner;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The cluster's webhook, or the engine here with the cluster's configuration where the webhook cannot be reached. The first pod decides for the
 * whole run: its manifests must not come from two hands.
 */
final class WebhookFirst implements PodInjection {
    private final RemoteInjection remote;
    private final Supplier<PodInjection> local;
    private final Messages messages;
    private @Nullable PodInjection chosen;

    WebhookFirst(RemoteInjection remote, Supplier<PodInjection> local, Messages messages) {
        this.remote = remote;
        this.local = local;
        this.messages = messages;
    }

    @Override
    public Outcome inject(ObjectNode pod, @Nullable Owner owner) {
        PodInjection decided;
        synchronized (this) {
            if (chosen == null) {
                return first(pod, owner);
            }
            decided = chosen;
        }
        try {
            return decided.inject(pod, owner);
        } catch (Cluster.UnreachableException e) {
            throw new CommandFailure("the cluster's webhook answered before and does not any more: " + e.getMessage()
                    + "; run the command again, or use --injectConfigFile, --valuesFile and --meshConfigFile to do without it");
        }
    }

    private Outcome first(ObjectNode pod, @Nullable Owner owner) {
        try {
            Outcome outcome = remote.inject(pod, owner);
            chosen = remote;
            messages.note("injected by the cluster's webhook");
            return outcome;
        } catch (Cluster.UnreachableException e) {
            messages.note("the cluster's webhook could not be asked (" + e.getMessage()
                    + "), so this program injects with the cluster's configuration");
            chosen = local.get();
            return chosen.inject(pod, owner);
        }
    }
}
