package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.InjectionContext.View;
import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.Owner;
import dev.sidecarinjector.injection.transform.InjectionStatus;
import dev.sidecarinjector.injection.transform.Restoration;
import dev.sidecarinjector.injection.uninjection.Uninjection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Takes the sidecar out of pods, in the place where kube-inject puts it in. */
record LocalUninjection(Injector injector, @Nullable Map<String, String> nodes) implements PodInjection {
    /** Stands for the nodes of the cluster that a pod with a native sidecar was injected for, where they are not known. */
    private static final Map<String, String> NATIVE = Map.of("some", "v1.33.0");

    @Override
    public Outcome inject(ObjectNode pod, @Nullable Owner owner) {
        InjectionStatus status = Restoration.status(pod);
        if (status == null) {
            return new Outcome(null, null,
                    List.of("carries no record of an injection (annotation sidecar.istio.io/status); it is left as it is"));
        }
        Uninjection.Outcome outcome = restored(pod, owner, View.COMMAND_LINE, status);
        if (outcome instanceof Uninjection.Outcome.Refused) {
            // It may have passed the webhook; of two refusals the first one is told.
            Uninjection.Outcome other = restored(pod, owner, View.WEBHOOK, status);
            outcome = other instanceof Uninjection.Outcome.Refused ? outcome : other;
        }
        return switch (outcome) {
            case Uninjection.Outcome.Restored restored -> new Outcome(restored.pod(), null, List.of());
            case Uninjection.Outcome.NotInjected _ -> new Outcome(null, null, List.of());
            case Uninjection.Outcome.Refused refused ->
                throw new CommandFailure("it is not what this configuration injects, so it was edited since or"
                        + " injected with another one: " + String.join("; ", refused.reasons())
                        + ". Undo the edits, or name the configuration of its injection (revision " + status.revision() + ")");
        };
    }

    private Uninjection.Outcome restored(ObjectNode pod, @Nullable Owner owner, View view, InjectionStatus status) {
        String own = pod.path("metadata").path("namespace").asString("");
        String namespace = view == View.WEBHOOK && own.isEmpty() && owner != null ? owner.namespace() : own;
        Map<String, String> known = nodes == null && status.initContainers().contains("istio-proxy") ? NATIVE : nodes;
        InjectionContext context = new InjectionContext(view, namespace, owner, Map.of(), known, null, List.of());
        return Uninjection.of(pod, candidate -> injector.inject(candidate, context));
    }

    @Override
    public boolean obeysSwitches() {
        return false;
    }
}
