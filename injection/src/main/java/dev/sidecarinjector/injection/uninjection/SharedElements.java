package dev.sidecarinjector.injection.uninjection;

import dev.sidecarinjector.injection.transform.InjectionStatus;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Volumes and secrets that the templates and the author both defined: the author's part is what the templates alone do not bring. */
final class SharedElements {
    private SharedElements() {}

    /** Adds the author's parts to the candidate. */
    static void restore(ObjectNode given, ObjectNode candidate, InjectionStatus status, Function<ObjectNode, @Nullable ObjectNode> inject) {
        ObjectNode brought = inject.apply(candidate);
        if (brought != null) {
            restore("volumes", status.volumes(), given, candidate, brought);
            restore("imagePullSecrets", status.imagePullSecrets(), given, candidate, brought);
        }
    }

    private static void restore(String list, List<String> names, ObjectNode given, ObjectNode candidate, ObjectNode brought) {
        int place = 0;
        for (JsonNode element : given.path("spec").path(list)) {
            String name = element.path("name").asString("");
            if (!names.contains(name)) {
                place++;
                continue;
            }
            ObjectNode own = own(element, named(brought.path("spec").path(list), name));
            if (own != null) {
                ((ObjectNode) candidate.path("spec")).withArray(list).insert(place++, own.put("name", name));
            }
        }
    }

    private static @Nullable ObjectNode own(JsonNode element, @Nullable JsonNode brought) {
        if (element.equals(brought)) {
            return null;
        }
        ObjectNode own = ((ObjectNode) element).objectNode();
        for (Map.Entry<String, JsonNode> field : element.properties()) {
            if (brought == null || !field.getValue().equals(brought.get(field.getKey()))) {
                own.set(field.getKey(), field.getValue());
            }
        }
        return own;
    }

    static @Nullable JsonNode named(JsonNode list, String name) {
        if (list instanceof ArrayNode) {
            for (JsonNode element : list) {
                if (name.equals(element.path("name").asString(""))) {
                    return element;
                }
            }
        }
        return null;
    }
}
