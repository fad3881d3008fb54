package dev.sidecarinjector.injection.transform;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where things lie in a pod's tree; what is absent, or has another type, is null. */
final class PodTree {
    static final String SPEC = "spec";
    static final String METADATA = "metadata";
    static final String NAME = "name";

    private PodTree() {}

    static @Nullable ObjectNode object(@Nullable JsonNode parent, String field) {
        return parent != null && parent.get(field) instanceof ObjectNode object ? object : null;
    }

    static @Nullable ArrayNode list(@Nullable JsonNode parent, String field) {
        return parent != null && parent.get(field) instanceof ArrayNode list ? list : null;
    }

    static @Nullable ArrayNode list(JsonNode pod, Kind kind) {
        return list(pod.get(SPEC), kind.field());
    }

    /** The list, made where it is missing. */
    static ArrayNode needList(ObjectNode parent, String field) {
        ArrayNode list = list(parent, field);
        return list != null ? list : parent.putArray(field);
    }

    /** The object, made where it is missing. */
    static ObjectNode needObject(ObjectNode parent, String field) {
        ObjectNode object = object(parent, field);
        return object != null ? object : parent.putObject(field);
    }

    /** A scalar's text; null where there is none. */
    static @Nullable String text(@Nullable JsonNode parent, String field) {
        JsonNode value = parent == null ? null : parent.get(field);
        return value != null && value.isValueNode() && !value.isNull() ? value.asString() : null;
    }

    static @Nullable ObjectNode named(@Nullable ArrayNode list, String name) {
        int index = indexOf(list, name);
        return list != null && index >= 0 && list.get(index) instanceof ObjectNode object ? object : null;
    }

    /** The first element of that name; -1 where there is none. */
    static int indexOf(@Nullable ArrayNode list, String name) {
        return indexOf(list, NAME, name);
    }

    /** The first element whose field has that text; -1 where there is none. */
    static int indexOf(@Nullable ArrayNode list, String field, String value) {
        for (int i = 0; list != null && i < list.size(); i++) {
            if (value.equals(text(list.get(i), field))) {
                return i;
            }
        }
        return -1;
    }
}
