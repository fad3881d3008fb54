package dev.sidecarinjector.injection;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The outcome for one pod.
 *
 * @param decision why it was injected, skipped or refused
 * @param pod      the injected pod; null unless it was injected
 * @param warnings what the author should know
 * @param error    the error's text; null unless the pod is refused
 */
public record Injection(Decision decision, @Nullable ObjectNode pod, List<Warning> warnings, @Nullable String error) {
    public Injection {
        warnings = List.copyOf(warnings);
    }
}
