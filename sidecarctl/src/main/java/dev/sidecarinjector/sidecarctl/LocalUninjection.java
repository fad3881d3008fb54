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
record LocalUninjection(Injector injector, @Nullable Map<String, String> nodes, ProxyConfigs proxyConfigs) implements PodInjection {
    /** Stands for the nodes of the cluster that a pod with a native sidecar was injected for, where they are not known. */
    private static final Map<String, String> NATIVE = Map.of("some", "v1.33.0");

    @Override
    public Outcome inject(ObjectNode pod, @Nullable Owner owner) {
        InjectionStatus status = Restoration.status(pod);
        if (status == null) {
            return new Outcome(null, null,
                    List.of("carries no record of an injection (annotation sidecar.istio.io/status); it is left as it is"));
        }
        Uninjection.Outcome outcome = restored(pod, owner, status, List.of());
        if (outcome instanceof Uninjection.Outcome.Refused) {
            List<ObjectNode> resources = proxyConfigs.of(namespace(pod, owner));
            outcome = resources.isEmpty() ? outcome : restored(pod, owner, status, resources);
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

    /** It may have passed kube-inject or the webhook; of two refusals the one with fewer reasons is told, since it comes nearer. */
    private Uninjection.Outcome restored(ObjectNode pod, @Nullable Owner owner, InjectionStatus status, List<ObjectNode> resources) {
        Uninjection.Outcome outcome = restored(pod, owner, View.COMMAND_LINE, status, resources);
        if (!(outcome instanceof Uninjection.Outcome.Refused first)) {
            return outcome;
        }
        Uninjection.Outcome other = restored(pod, owner, View.WEBHOOK, status, resources);
        return other instanceof Uninjection.Outcome.Refused second && second.reasons().size() >= first.reasons().size() ? outcome : other;
    }

    private Uninjection.Outcome restored(ObjectNode pod, @Nullable Owner owner, View view, InjectionStatus status,
            List<ObjectNode> resources) {
        String namespace = view == View.WEBHOOK ? namespace(pod, owner) : pod.path("metadata").path("namespace").asString("");
        Map<String, String> known = nodes == null && status.initContainers().contains("istio-proxy") ? NATIVE : nodes;
        InjectionContext context = new InjectionContext(view, namespace, owner, Map.of(), known, null, resources);
        return Uninjection.of(pod, candidate -> injector.inject(view == View.WEBHOOK ? asAdmitted(candidate) : candidate, context));
    }

    private static String namespace(ObjectNode pod, @Nullable Owner owner) {
        String own = pod.path("metadata").path("namespace").asString("");
        return own.isEmpty() && owner != null ? owner.namespace() : own;
    }

    /** The API server makes a name out of {@code generateName} only after it has asked the webhook. */
    private static ObjectNode asAdmitted(ObjectNode pod) {
        if (pod.path("metadata") instanceof ObjectNode metadata && metadata.hasNonNull("generateName")) {
            metadata.remove("name");
        }
        return pod;
    }

    @Override
    public boolean obeysSwitches() {
        return false;
    }
}
