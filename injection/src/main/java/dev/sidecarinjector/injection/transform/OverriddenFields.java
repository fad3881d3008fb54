package dev.sidecarinjector.injection.transform;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Of a container on an injected pod, those fields that its author once overrode, with the values that they have now. */
final class OverriddenFields {
    private OverriddenFields() {}

    /**
     * A patch for the container: copies, nothing is shared. A field that was overridden and is gone from the container is not in it, so
     * that the template's value holds.
     */
    static ObjectNode of(ObjectNode container, ObjectNode recorded) {
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        for (var field : recorded.properties()) {
            JsonNode now = container.get(field.getKey());
            if (now == null) {
                continue;
            }
            String key = mergeKey(field.getKey());
            patch.set(field.getKey(), key != null && now instanceof ArrayNode list && field.getValue() instanceof ArrayNode recordedList
                    ? elements(list, recordedList, key)
                    : value(now, field.getValue()));
        }
        return patch;
    }

    private static JsonNode value(JsonNode now, JsonNode recorded) {
        if (!(now instanceof ObjectNode object && recorded instanceof ObjectNode mask)) {
            return now.deepCopy();
        }
        ObjectNode patch = JsonNodeFactory.instance.objectNode();
        for (var field : mask.properties()) {
            JsonNode member = object.get(field.getKey());
            if (member != null) {
                patch.set(field.getKey(), value(member, field.getValue()));
            }
        }
        return patch;
    }

    private static ArrayNode elements(ArrayNode now, ArrayNode recorded, String key) {
        ArrayNode patch = JsonNodeFactory.instance.arrayNode();
        for (JsonNode element : now) {
            String value = PodTree.text(element, key);
            if (value != null && PodTree.indexOf(recorded, key, value) >= 0) {
                patch.add(element.deepCopy());
            }
        }
        return patch;
    }

    /** The lists of a container that merge by a key (spec 10.4); null: the whole list is one value. */
    static @Nullable String mergeKey(String field) {
        return switch (field) {
            case "env" -> "name";
            case "ports" -> "containerPort";
            case "volumeMounts" -> "mountPath";
            case "volumeDevices" -> "devicePath";
            default -> null;
        };
    }
}
