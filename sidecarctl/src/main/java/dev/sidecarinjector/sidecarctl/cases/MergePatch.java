package dev.sidecarinjector.sidecarctl.cases;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON merge patch (RFC 7386): maps are merged, a null removes, everything else replaces. */
final class MergePatch {
    private MergePatch() {}

    /** The patched tree, of its own; neither argument is changed. */
    static ObjectNode of(ObjectNode target, ObjectNode patch) {
        return merged(target, patch, false);
    }

    /** One patch that does what two do one after the other: of an order to remove nothing is lost. */
    static ObjectNode both(ObjectNode first, ObjectNode second) {
        return merged(first, second, true);
    }

    private static ObjectNode merged(ObjectNode target, ObjectNode patch, boolean keepsNulls) {
        ObjectNode result = target.deepCopy();
        patch.properties().forEach(entry -> {
            JsonNode value = entry.getValue();
            if (value.isNull() && !keepsNulls) {
                result.remove(entry.getKey());
            } else if (value instanceof ObjectNode object) {
                ObjectNode below = result.get(entry.getKey()) instanceof ObjectNode present ? present : target.objectNode();
                result.set(entry.getKey(), merged(below, object, keepsNulls));
            } else {
                result.set(entry.getKey(), value.deepCopy());
            }
        });
        return result;
    }
}
