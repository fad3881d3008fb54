package dev.sidecarinjector.injection.merge;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The keys of a patch that say how to merge, instead of what. */
final class Directives {
    static final String ORDER = "$setElementOrder/";
    static final String DELETE_FROM = "$deleteFromPrimitiveList/";
    private static final String PATCH = "$patch";
    private static final String RETAIN_KEYS = "$retainKeys";

    private Directives() {}

    /** Whether a key is a directive and not a field. */
    static boolean isDirective(String key) {
        return key.startsWith("$")
                && (key.equals(PATCH) || key.equals(RETAIN_KEYS) || key.startsWith(ORDER) || key.startsWith(DELETE_FROM));
    }

    /** Whether an object says how itself is to be merged. */
    static boolean isMarked(JsonNode node) {
        return node instanceof ObjectNode object && object.has(PATCH);
    }

    /** The object's {@code $patch}, or null. */
    static @Nullable String marker(ObjectNode object) {
        JsonNode marker = object.get(PATCH);
        return marker == null ? null : marker.isString() ? marker.stringValue() : marker.toString();
    }

    static MergeProblem unknownMarker(String marker) {
        return new MergeProblem("$patch says " + marker + ", which is unknown here; use replace or delete");
    }

    /** {@code $retainKeys}: all other fields of the live object go; the patch may set only those that stay. */
    static void retainKeys(ObjectNode live, ObjectNode patch) {
        JsonNode list = patch.remove(RETAIN_KEYS);
        if (list == null) {
            return;
        }
        if (!list.isArray()) {
            throw new MergeProblem("$retainKeys must be a list of field names");
        }
        Set<String> kept = new HashSet<>();
        list.forEach(name -> kept.add(name.asString()));
        for (var entry : patch.properties()) {
            String key = entry.getKey();
            if (!entry.getValue().isNull() && !isDirective(key) && !kept.contains(key)) {
                throw new MergeProblem("the patch sets " + key + ", which its $retainKeys does not name; add it there");
            }
        }
        live.properties().removeIf(entry -> !kept.contains(entry.getKey()));
    }
}
