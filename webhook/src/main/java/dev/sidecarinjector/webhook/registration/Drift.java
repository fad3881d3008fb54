package dev.sidecarinjector.webhook.registration;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whether an object still says what was applied to it. What it says besides is other people's. */
final class Drift {
    /** Lists of this kind merge by {@code name}; all others are taken whole (x-kubernetes-list-type of the API). */
    static final Set<String> BY_NAME = Set.of("webhooks", "matchConditions");
    /** Structures that are taken whole (x-kubernetes-map-type: atomic). */
    private static final Set<String> WHOLE = Set.of("namespaceSelector", "objectSelector");

    private Drift() {}

    /** The path of the first difference, or null. */
    static @Nullable String find(JsonNode wanted, JsonNode live) {
        return find("", "", wanted, live);
    }

    private static @Nullable String find(String path, String field, JsonNode wanted, JsonNode live) {
        if (wanted.isObject() && live.isObject() && !WHOLE.contains(field)) {
            for (var entry : wanted.properties()) {
                String found = find(path + "." + entry.getKey(), entry.getKey(), entry.getValue(), live.path(entry.getKey()));
                if (found != null) {
                    return found;
                }
            }
            return null;
        }
        if (wanted.isArray() && live.isArray()) {
            return list(path, BY_NAME.contains(field), wanted, live);
        }
        return wanted.equals(live) ? null : path.isEmpty() ? "the whole object" : path.substring(1);
    }

    private static @Nullable String list(String path, boolean byName, JsonNode wanted, JsonNode live) {
        if (!byName && wanted.size() != live.size()) {
            return path.substring(1);
        }
        for (int i = 0; i < wanted.size(); i++) {
            JsonNode one = wanted.get(i);
            // In a list that is taken whole, an element may have got defaults.
            String found = find(path + "[" + (byName ? one.path("name").asString("") : i) + "]", "", one,
                    byName ? named(live, one.path("name")) : live.get(i));
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /** The live value with the wanted one over it, by the same rules. */
    static JsonNode laidOver(JsonNode live, JsonNode wanted, String field) {
        if (wanted.isObject() && live.isObject() && !WHOLE.contains(field)) {
            ObjectNode merged = live.deepCopy().asObject();
            wanted.properties()
                    .forEach(entry -> merged.set(entry.getKey(), laidOver(live.path(entry.getKey()), entry.getValue(), entry.getKey())));
            return merged;
        }
        if (wanted.isArray() && live.isArray() && BY_NAME.contains(field)) {
            ArrayNode merged = live.deepCopy().asArray();
            for (JsonNode one : wanted) {
                int at = 0;
                while (at < merged.size() && !merged.get(at).path("name").equals(one.path("name"))) {
                    at++;
                }
                if (at < merged.size()) {
                    merged.set(at, laidOver(merged.get(at), one, ""));
                } else {
                    merged.add(one);
                }
            }
            return merged;
        }
        return wanted;
    }

    static JsonNode named(JsonNode list, JsonNode name) {
        for (JsonNode one : list) {
            if (one.path("name").equals(name)) {
                return one;
            }
        }
        return list.path(-1);
    }
}
