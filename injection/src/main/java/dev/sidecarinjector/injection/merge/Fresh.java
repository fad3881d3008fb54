package dev.sidecarinjector.injection.merge;

import dev.sidecarinjector.injection.schema.Field;
import dev.sidecarinjector.injection.schema.Field.Arity;
import dev.sidecarinjector.injection.schema.StructType;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Cleans the parts of a patch that are new to the live object: no directives, no nulls, nothing that Go's {@code omitempty} drops. */
final class Fresh {
    private Fresh() {}

    /** Whether nothing is left of the value, so that its key goes as well. Changes the value in place. */
    static boolean isNothing(JsonNode value, @Nullable Field field) {
        if (value instanceof ObjectNode object) {
            if (Directives.isMarked(object)) {
                return true;
            }
            clean(object, field == null || field.arity() == Arity.MAP ? null : field.struct());
        } else if (value instanceof ArrayNode array) {
            clean(array, field);
        }
        return value.isNull() || isOmitted(value, field);
    }

    static void clean(ObjectNode object, @Nullable StructType type) {
        for (Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator(); entries.hasNext();) {
            Map.Entry<String, JsonNode> entry = entries.next();
            String key = entry.getKey();
            if (Directives.isDirective(key) || isNothing(entry.getValue(), type == null ? null : type.field(key))) {
                entries.remove();
            }
        }
    }

    private static void clean(ArrayNode array, @Nullable Field field) {
        StructType type = field == null ? null : field.struct();
        for (Iterator<JsonNode> elements = array.iterator(); elements.hasNext();) {
            JsonNode element = elements.next();
            if (Directives.isMarked(element)) {
                elements.remove();
            } else if (element instanceof ObjectNode object) {
                clean(object, type);
            } else if (element instanceof ArrayNode inner) {
                clean(inner, null);
            }
        }
    }

    /** Whether Go would not print the field with this value. */
    static boolean isOmitted(JsonNode value, @Nullable Field field) {
        return field != null && field.omits(value);
    }
}
