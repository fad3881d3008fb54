package dev.sidecarinjector.injection.schema;

import dev.sidecarinjector.injection.schema.Field.Arity;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Takes out of a tree what would be an order to a merge instead of content: nulls, optional fields that are zero, directives. */
final class Patchable {
    private Patchable() {}

    /** Strips an object in place; the type is null where no field is known. */
    static void strip(ObjectNode object, @Nullable StructType type) {
        for (Iterator<Map.Entry<String, JsonNode>> entries = object.properties().iterator(); entries.hasNext();) {
            Map.Entry<String, JsonNode> entry = entries.next();
            Field field = type == null ? null : type.field(entry.getKey());
            JsonNode value = entry.getValue();
            if (value.isNull() || entry.getKey().startsWith("$") || (field != null && field.omits(value))) {
                entries.remove();
            } else {
                strip(value, field == null || field.arity() == Arity.MAP ? null : field.struct());
            }
        }
    }

    private static void strip(JsonNode value, @Nullable StructType type) {
        if (value instanceof ObjectNode object) {
            strip(object, type);
        } else if (value instanceof ArrayNode list) {
            for (JsonNode element : list) {
                strip(element, type);
            }
        }
    }
}
