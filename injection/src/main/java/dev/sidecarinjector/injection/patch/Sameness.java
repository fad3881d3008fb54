package dev.sidecarinjector.injection.patch;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Equality of trees that looks at the JSON, not at the Java type that holds a number. */
final class Sameness {
    private Sameness() {}

    /** Whether both trees have this node in common: no need to look into it. */
    @SuppressWarnings("ReferenceEquality") // that is the question
    static boolean shared(JsonNode a, JsonNode b) {
        return a == b;
    }

    static boolean same(JsonNode a, JsonNode b) {
        if (a instanceof ObjectNode object) {
            return b instanceof ObjectNode other && sameObjects(object, other);
        }
        if (a instanceof ArrayNode list) {
            return b instanceof ArrayNode other && sameLists(list, other);
        }
        return (isLong(a) && isLong(b)) ? a.longValue() == b.longValue() : a.equals(b);
    }

    private static boolean isLong(JsonNode node) {
        return node.isIntegralNumber() && node.canConvertToLong();
    }

    private static boolean sameObjects(ObjectNode a, ObjectNode b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (Map.Entry<String, JsonNode> entry : a.properties()) {
            JsonNode other = b.get(entry.getKey());
            if (other == null || !same(entry.getValue(), other)) {
                return false;
            }
        }
        return true;
    }

    private static boolean sameLists(ArrayNode a, ArrayNode b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (!same(a.get(i), b.get(i))) {
                return false;
            }
        }
        return true;
    }
}
