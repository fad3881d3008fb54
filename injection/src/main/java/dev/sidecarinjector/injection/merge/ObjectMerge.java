package dev.sidecarinjector.injection.merge;

import dev.sidecarinjector.injection.schema.Field;
import dev.sidecarinjector.injection.schema.Field.Arity;
import dev.sidecarinjector.injection.schema.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Merges one object into another, field by field. The live object itself changes; what lies below it may be shared with others and is copied
 * before it changes.
 */
final class ObjectMerge {
    private ObjectMerge() {}

    /** Merges in place; the type is null for objects that have no known fields, maps among them. */
    static void merge(ObjectNode live, ObjectNode patch, @Nullable StructType type) {
        if (hasDirectives(patch)) {
            String marker = Directives.marker(patch);
            if (marker != null) {
                replaceOrDelete(marker, live, patch, type);
                return;
            }
            Directives.retainKeys(live, patch);
            arrangeLists(live, patch, type);
            deleteFromLists(live, patch, type);
        }
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            String key = entry.getKey();
            try {
                mergeField(live, key, entry.getValue(), type == null ? null : type.field(key));
            } catch (MergeProblem problem) {
                throw problem.under(key);
            }
        }
    }

    private static void mergeField(ObjectNode live, String key, JsonNode patch, @Nullable Field field) {
        if (patch.isNull()) {
            live.remove(key);
            return;
        }
        JsonNode old = live.get(key);
        // A live value that Go's typed pod would not have kept counts as absent.
        if (old instanceof ObjectNode object && patch instanceof ObjectNode change && !Fresh.isOmitted(object, field)) {
            ObjectNode merged = copy(object);
            merge(merged, change, field == null || field.arity() == Arity.MAP ? null : field.struct());
            put(live, key, merged, field);
        } else if (field != null && field.merges() && old instanceof ArrayNode list && !field.omits(list)
                && patch instanceof ArrayNode change) {
            put(live, key, ListMerge.merge(list, change, field), field);
        } else if (Fresh.isNothing(patch, field)) {
            live.remove(key);
        } else {
            live.set(key, patch);
        }
    }

    private static void put(ObjectNode live, String key, JsonNode merged, @Nullable Field field) {
        if (Fresh.isOmitted(merged, field)) {
            live.remove(key);
        } else {
            live.set(key, merged);
        }
    }

    /** An object of its own with the same members. */
    static ObjectNode copy(ObjectNode object) {
        return JsonNodeFactory.instance.objectNode().setAll(object);
    }

    private static boolean hasDirectives(ObjectNode patch) {
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            if (Directives.isDirective(entry.getKey())) {
                return true;
            }
        }
        return false;
    }

    private static void replaceOrDelete(String marker, ObjectNode live, ObjectNode patch, @Nullable StructType type) {
        live.removeAll();
        switch (marker) {
            case "replace" -> {
                Fresh.clean(patch, type);
                live.setAll(patch);
            }
            case "delete" -> {
            }
            default -> throw Directives.unknownMarker(marker);
        }
    }

    /** {@code $setElementOrder/list}: merges that list and puts it in the given order. */
    private static void arrangeLists(ObjectNode live, ObjectNode patch, @Nullable StructType type) {
        for (String directive : keys(patch, Directives.ORDER)) {
            String key = directive.substring(Directives.ORDER.length());
            Field field = type == null ? null : type.field(key);
            try {
                ArrayNode order = list(patch.remove(directive), directive);
                ArrayNode change = listOrNull(patch.remove(key));
                ArrayNode list = listOrNull(live.get(key));
                if (list != null || change != null) {
                    put(live, key, ElementOrder.merge(list, change, order, field), field);
                }
            } catch (MergeProblem problem) {
                throw problem.under(key);
            }
        }
    }

    /** {@code $deleteFromPrimitiveList/list}: takes scalars out of the live list. */
    private static void deleteFromLists(ObjectNode live, ObjectNode patch, @Nullable StructType type) {
        for (String directive : keys(patch, Directives.DELETE_FROM)) {
            String key = directive.substring(Directives.DELETE_FROM.length());
            try {
                ArrayNode gone = list(patch.remove(directive), directive);
                ArrayNode list = listOrNull(live.get(key));
                if (list != null) {
                    put(live, key, ListMerge.without(list, gone), type == null ? null : type.field(key));
                }
            } catch (MergeProblem problem) {
                throw problem.under(key);
            }
        }
    }

    private static List<String> keys(ObjectNode patch, String prefix) {
        List<String> keys = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : patch.properties()) {
            if (entry.getKey().startsWith(prefix)) {
                keys.add(entry.getKey());
            }
        }
        return keys;
    }

    private static @Nullable ArrayNode listOrNull(@Nullable JsonNode node) {
        return node == null || node.isNull() ? null : list(node, "the field");
    }

    private static ArrayNode list(@Nullable JsonNode node, String what) {
        if (node instanceof ArrayNode list) {
            return list;
        }
        throw new MergeProblem(what + " must be a list");
    }
}
