package dev.sidecarinjector.injection.schema;

import dev.sidecarinjector.gotemplate.GoStruct;
import tools.jackson.databind.JsonNode;

/** Pods as Go templates see them: structs with Go names over the tree; every string in them carries its origin. */
public final class GoViews {
    private GoViews() {}

    /** {@code metav1.ObjectMeta} over a metadata tree; labels and annotations are string maps with the origin of each value. */
    public static GoStruct objectMeta(JsonNode metadata) {
        throw new UnsupportedOperationException();
    }

    /** {@code corev1.PodSpec} over a spec tree. */
    public static GoStruct podSpec(JsonNode spec) {
        throw new UnsupportedOperationException();
    }

    /** The tree behind a view, for functions that print structs as JSON. */
    public static JsonNode tree(GoStruct view) {
        throw new UnsupportedOperationException();
    }

    /** {@code structToJSON} (spec 8): compact JSON in the order of Go's declaration, known fields only, omitempty rules. */
    public static String structJson(GoStruct view) {
        throw new UnsupportedOperationException();
    }
}
