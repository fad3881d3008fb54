package dev.sidecarinjector.injection.uninjection;

import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.InjectionException;
import dev.sidecarinjector.injection.schema.PodShape;
import dev.sidecarinjector.injection.transform.InjectionStatus;
import dev.sidecarinjector.injection.transform.Restoration;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Takes the sidecar out of a pod again. The outcome is proved: injecting it gives the very pod that was given, or it is refused.
 *
 * <p>Pods are compared and returned in the form that kube-inject prints ({@link PodShape#printable}). Of pods that the injection makes equal the
 * plainest is returned: what the templates write anyway is left out; a probe's port is the number of its name; the author's own proxy stands
 * last, unless the overrides say otherwise, and has the image {@code auto} where it had none; Prometheus annotations are spelled canonically.
 */
public final class Uninjection {
    private static final int DIFFERENCES = 8;

    private final Function<ObjectNode, Injection> injector;
    private final ObjectNode given;
    private final UnaryOperator<ObjectNode> form;

    /** @param form in which pods are compared */
    private Uninjection(ObjectNode given, Function<ObjectNode, Injection> injector, UnaryOperator<ObjectNode> form) {
        this.given = given;
        this.injector = injector;
        this.form = form;
    }

    /** What became of a pod. */
    public sealed interface Outcome {
        /** The pod without what the injection had put there. */
        record Restored(ObjectNode pod, InjectionStatus status) implements Outcome {}

        /** The pod carries no record of an injection. */
        record NotInjected() implements Outcome {}

        /** Why it cannot be restored: one line per reason, with its place in the pod. */
        record Refused(List<String> reasons) implements Outcome {
            public Refused {
                reasons = List.copyOf(reasons);
            }
        }
    }

    /**
     * Restores a pod; the given one is not changed. It may be as the injection made it, or as the API server stored that: then what comes back has
     * the API server's defaults where the given pod has them, and is stored as the author's pod would be.
     *
     * @param injector injects with the configuration and the circumstances that the pod was injected with
     */
    public static Outcome of(ObjectNode pod, Function<ObjectNode, Injection> injector) {
        InjectionStatus status = Restoration.status(pod);
        if (status == null) {
            return new Outcome.NotInjected();
        }
        Outcome outcome = new Uninjection(printable(pod), injector, Uninjection::printable).restore(status);
        return outcome instanceof Outcome.Refused
                ? new Uninjection(printable(pod), injector, StoredForm::of).restore(status)
                : outcome;
    }

    private Outcome restore(InjectionStatus status) {
        Restoration restoration;
        try {
            restoration = Restoration.of(given, status);
        } catch (InjectionException e) {
            return new Outcome.Refused(List.of(String.valueOf(e.getMessage())));
        }
        if (!restoration.problems().isEmpty()) {
            return new Outcome.Refused(restoration.problems());
        }
        ObjectNode candidate = restoration.pod();
        SharedElements.restore(form.apply(given), candidate, status, one -> injected(one, form));
        new Pruning(candidate, one -> injected(one, Uninjection::printable)).run();
        Injection again = injector.apply(candidate.deepCopy());
        ObjectNode pod = again.pod();
        if (pod == null) {
            return new Outcome.Refused(List.of("what is left would not be injected: "
                    + (again.error() == null ? again.decision().reason().sentence() : again.error())));
        }
        List<String> differences = PodDifferences.between(form.apply(pod), form.apply(given), DIFFERENCES);
        return differences.isEmpty() ? new Outcome.Restored(printable(candidate), status) : new Outcome.Refused(differences);
    }

    /** Null where the pod is not injected. */
    private @Nullable ObjectNode injected(ObjectNode candidate, UnaryOperator<ObjectNode> as) {
        ObjectNode pod = injector.apply(candidate.deepCopy()).pod();
        return pod == null ? null : as.apply(pod);
    }

    /** A copy in the form that kube-inject prints. */
    static ObjectNode printable(JsonNode pod) {
        ObjectNode copy = (ObjectNode) pod.deepCopy();
        copy.put("kind", "Pod");
        PodShape.printable(copy);
        return copy;
    }
}
