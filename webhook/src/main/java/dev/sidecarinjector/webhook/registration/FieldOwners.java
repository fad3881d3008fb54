package dev.sidecarinjector.webhook.registration;

import java.util.Map;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who owns which field of an object, as its {@code managedFields} say (server-side apply's {@code fieldsV1}). Whoever applies the object as a whole, such as
 * Helm 4, is its author: what he owns is his to change, and an apply of his must not meet an owner besides him.
 */
final class FieldOwners {
    private FieldOwners() {}

    /** What the one owns who applies every entry of a wanted object, if there is one who is not us. */
    static @Nullable JsonNode ofAuthor(JsonNode live, JsonNode wanted) {
        for (JsonNode entry : live.path("metadata").path("managedFields")) {
            JsonNode fields = entry.path("fieldsV1");
            if (entry.path("operation").asString("").equals("Apply") && !entry.path("manager").asString("").equals(RegistrationApi.MANAGER)
                    && !wanted.path("webhooks").isEmpty()
                    && StreamSupport.stream(wanted.path("webhooks").spliterator(), false)
                            .allMatch(webhook -> element(fields.path("f:webhooks"), webhook).has("f:rules"))) {
                return fields;
            }
        }
        return null;
    }

    /** Whether the authorities of an entry were last written by us. */
    static boolean areOurs(JsonNode live, JsonNode webhook) {
        return StreamSupport.stream(live.path("metadata").path("managedFields").spliterator(), false)
                .anyMatch(entry -> entry.path("manager").asString("").equals(RegistrationApi.MANAGER)
                        && element(entry.path("fieldsV1").path("f:webhooks"), webhook).path("f:clientConfig").has("f:caBundle"));
    }

    /** What of a tree is not owned by those fields; elements of lists keep their names. */
    static ObjectNode without(JsonNode tree, JsonNode owned) {
        ObjectNode rest = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : tree.properties()) {
            JsonNode value = field.getValue();
            JsonNode below = owned.path("f:" + field.getKey());
            if (below.isMissingNode()) {
                rest.set(field.getKey(), value);
            } else if (value.isArray() && Drift.BY_NAME.contains(field.getKey())) {
                ArrayNode left = elementsWithout(value, below);
                if (!left.isEmpty()) {
                    rest.set(field.getKey(), left);
                }
            } else if (value.isObject() && !below.isEmpty()) {
                ObjectNode left = without(value, below);
                if (!left.isEmpty()) {
                    rest.set(field.getKey(), left);
                }
            }
        }
        return rest;
    }

    private static ArrayNode elementsWithout(JsonNode list, JsonNode owned) {
        ArrayNode left = JsonNodeFactory.instance.arrayNode();
        for (JsonNode one : list) {
            ObjectNode rest = without(one, element(owned, one));
            rest.remove("name");
            if (!rest.isEmpty()) {
                left.addObject().put("name", one.path("name").asString("")).setAll(rest);
            }
        }
        return left;
    }

    private static JsonNode element(JsonNode list, JsonNode one) {
        return list.path("k:" + JsonNodeFactory.instance.objectNode().put("name", one.path("name").asString("")));
    }
}
