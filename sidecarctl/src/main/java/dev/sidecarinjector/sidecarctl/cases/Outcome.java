package dev.sidecarinjector.sidecarctl.cases;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What became of a case's pod.
 *
 * @param given    the object as it went in
 * @param result   the object that came out; null unless it was injected
 * @param reason   the stable word
 * @param trace    the steps that led to the reason, for a person
 * @param error    why the pod was refused; null where it was not
 * @param warnings one line each
 */
record Outcome(ObjectNode given, @Nullable ObjectNode result, String reason, List<String> trace, @Nullable String error,
        List<String> warnings) {
    boolean injected() {
        return result != null;
    }
}
