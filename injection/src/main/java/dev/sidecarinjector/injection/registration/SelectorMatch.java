package dev.sidecarinjector.injection.registration;

import dev.sidecarinjector.injection.cel.Truth;
import dev.sidecarinjector.injection.config.LabelSelector;
import dev.sidecarinjector.injection.config.LabelSelector.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether a selector of a registration selects; here an empty one selects everything. */
final class SelectorMatch {
    private SelectorMatch() {}

    static Check ofNamespace(LabelSelector selector, Admission admission) {
        return check("namespaceSelector", selector, admission::knows, admission::namespaceLabel);
    }

    static Check ofPod(LabelSelector selector, ObjectNode pod) {
        JsonNode labels = pod.path("metadata").path("labels");
        return check("objectSelector", selector, _ -> true, name -> labels.path(name).asString(null));
    }

    private static Check check(String name, LabelSelector selector, Predicate<String> known, Function<String, @Nullable String> label) {
        Truth truth = Truth.YES;
        List<String> details = new ArrayList<>();
        for (Requirement requirement : selector.requirements()) {
            Truth holds = known.test(requirement.key()) ? Truth.of(requirement.holds(label.apply(requirement.key()))) : Truth.UNKNOWN;
            truth = truth.and(holds);
            if (holds != Truth.YES) {
                details.add(requirement + found(holds, label.apply(requirement.key())));
            }
        }
        if (details.isEmpty()) {
            selector.requirements().forEach(requirement -> details.add(requirement.toString()));
        }
        return new Check(name, truth, details.isEmpty() ? "empty, selects everything" : String.join(", ", details));
    }

    private static String found(Truth holds, @Nullable String value) {
        return holds == Truth.UNKNOWN ? " (label not known)" : value == null ? " (not set)" : " (is \"" + value + "\")";
    }
}
