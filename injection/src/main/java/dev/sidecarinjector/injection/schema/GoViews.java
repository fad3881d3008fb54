package dev.sidecarinjector.injection.schema;

import dev.sidecarinjector.gotemplate.GoStruct;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.NullNode;

/**
 * Pods as Go templates see them: structs with Go names over the tree; every string in them carries its origin. A view reads the tree when it is
 * asked, so the tree must not change while templates run.
 */
public final class GoViews {
    private GoViews() {}

    /** {@code metav1.ObjectMeta} over a metadata tree; labels and annotations are string maps with the origin of each value. */
    public static GoStruct objectMeta(@Nullable JsonNode metadata) {
        return new StructView(Schema.type("ObjectMeta"), orMissing(metadata), "metadata");
    }

    /** {@code corev1.PodSpec} over a spec tree. */
    public static GoStruct podSpec(@Nullable JsonNode spec) {
        return new StructView(Schema.type("PodSpec"), orMissing(spec), "spec");
    }

    /** The tree behind a view, for functions that print structs; null for a struct that is no view. */
    public static JsonNode tree(GoStruct view) {
        if (view instanceof StructView struct) {
            return struct.tree();
        }
        return view instanceof IntOrStringView port ? port.tree() : NullNode.getInstance();
    }

    /** {@code structToJSON} (spec 8): compact JSON in the order of Go's declaration, known fields only, omitempty rules. */
    public static String structJson(GoStruct view) {
        return view instanceof StructView struct ? GoJson.known(struct.tree(), struct.type()) : GoJson.sorted(tree(view));
    }

    private static JsonNode orMissing(@Nullable JsonNode node) {
        return node == null ? MissingNode.getInstance() : node;
    }
}
