package dev.sidecarinjector.sidecarctl.cases;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON merge patch (RFC 7386): maps are merged, a null removes, everything else replaces. */
final class MergePatch {
    private MergePatch() {}

    /** A tree of its own; neither argument is changed. */
    static ObjectNode of(ObjectNode target, ObjectNode patch) {
        ObjectNode result = target.deepCopy();
        patch.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (value.isNull()) {
                result.remove(entry.getKey());
            } else if (value instanceof ObjectNode object) {
                ObjectNode below = result.get(entry.getKey()) instanceof ObjectNode present ? present : target.objectNode();
                result.set(entry.getKey(), of(below, object));
            } else {
                result.set(entry.getKey(), value.deepCopy());
            }
        });
        return result;
    }
}
