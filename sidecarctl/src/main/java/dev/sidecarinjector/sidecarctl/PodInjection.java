package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.Owner;
import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.injection.Warning;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Puts the sidecar into one pod: here, or in a webhook elsewhere. Used by several threads at a time. */
public interface PodInjection {
    /**
     * Injects a pod.
     *
     * @param owner the workload that the pod is a template of; null for a pod that stands for itself
     * @throws CommandFailure where the pod is refused
     */
    Outcome inject(ObjectNode pod, @Nullable Owner owner);

    /** Whether it is the author's switches on pod and workload that decide. */
    default boolean obeysSwitches() {
        return true;
    }

    /**
     * What the engine's answer means for a manifest.
     *
     * @throws CommandFailure where the pod is refused
     */
    static Outcome outcome(Injection injection) {
        if (injection.error() != null) {
            throw new CommandFailure(injection.error());
        }
        List<String> warnings = new ArrayList<>();
        for (Warning warning : injection.warnings()) {
            warnings.add(warning.line());
        }
        return new Outcome(injection.pod(), injection.pod() == null ? skipped(injection.decision().reason()) : null, warnings);
    }

    private static String skipped(Reason reason) {
        return switch (reason) {
            case HOST_NETWORK -> Outcome.HOST_NETWORK;
            case SYSTEM_NAMESPACE -> Outcome.DISABLED + " (" + reason.sentence() + ")";
            default -> Outcome.DISABLED;
        };
    }

    /**
     * What happened.
     *
     * @param pod      the injected pod; null where it is left as it is
     * @param skipped  why it is left: the end of the sentence {@code Skipping injection because "x" …}; null where it was injected
     * @param warnings for the author
     */
    record Outcome(@Nullable ObjectNode pod, @Nullable String skipped, List<String> warnings) {
        static final String HOST_NETWORK = "has host networking enabled";
        static final String DISABLED = "has sidecar injection disabled";
    }
}
