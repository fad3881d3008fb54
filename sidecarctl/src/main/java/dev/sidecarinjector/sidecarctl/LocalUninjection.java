package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.Injection;
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
        Uninjection.Outcome outcome = Uninjection.of(pod, candidate -> inject(candidate, owner, View.COMMAND_LINE, status));
        if (outcome instanceof Uninjection.Outcome.Refused && !(Uninjection.of(pod,
                candidate -> inject(candidate, owner, View.WEBHOOK, status)) instanceof Uninjection.Outcome.Refused)) {
            outcome = Uninjection.of(pod, candidate -> inject(candidate, owner, View.WEBHOOK, status));
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

    private Injection inject(ObjectNode candidate, @Nullable Owner owner, View view, InjectionStatus status) {
        String namespace = candidate.path("metadata").path("namespace").asString(owner == null ? "" : owner.namespace());
        Map<String, String> known = nodes == null && status.initContainers().contains("istio-proxy") ? NATIVE : nodes;
        return injector.inject(candidate,
                new InjectionContext(view, view == View.WEBHOOK
                        ? namespace
                        : candidate.path("metadata").path("namespace")
                                .asString(""),
                        owner, Map.of(), known, null, List.of()));
    }

    @Override
    public boolean obeysSwitches() {
        return false;
    }
}
