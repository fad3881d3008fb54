package dev.sidecarinjector.injection.uninjection;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Where two pods differ, for a person. */
final class PodDifferences {
    private static final int TEXT = 80;

    private final List<String> found = new ArrayList<>();
    private final int limit;

    private PodDifferences(int limit) {
        this.limit = limit;
    }

    static boolean none(JsonNode a, @Nullable JsonNode b) {
        return b != null && between(a, b, 1).isEmpty();
    }

    /**
     * At most so many differences.
     *
     * @param injected what injection gives
     * @param given    what was found
     */
    static List<String> between(JsonNode injected, JsonNode given, int limit) {
        PodDifferences differences = new PodDifferences(limit);
        differences.compare("", injected, given);
        return differences.found;
    }

    private void compare(String path, @Nullable JsonNode injected, @Nullable JsonNode given) {
        if (found.size() >= limit) {
            return;
        }
        if (injected instanceof ObjectNode a && given instanceof ObjectNode b) {
            Set<String> names = new LinkedHashSet<>(a.propertyNames());
            names.addAll(b.propertyNames());
            for (String name : names) {
                compare(path.isEmpty() ? name : path + "." + name, a.get(name), b.get(name));
            }
        } else if (injected instanceof ArrayNode a && given instanceof ArrayNode b) {
            lists(path, a, b);
        } else if (injected == null || given == null || !same(injected, given)) {
            found.add(path + ": injection gives " + text(injected) + ", found " + text(given));
        }
    }

    private void lists(String path, ArrayNode injected, ArrayNode given) {
        Map<String, JsonNode> a = byName(injected);
        Map<String, JsonNode> b = byName(given);
        if (a.size() == injected.size() && b.size() == given.size()) {
            int before = found.size();
            Set<String> names = new LinkedHashSet<>(a.keySet());
            names.addAll(b.keySet());
            names.forEach(name -> compare(path + "[" + name + "]", a.get(name), b.get(name)));
            if (found.size() == before && !List.copyOf(a.keySet()).equals(List.copyOf(b.keySet()))) {
                found.add(path + ": injection gives the order " + a.keySet() + ", found " + b.keySet());
            }
            return;
        }
        for (int i = 0; i < Math.max(injected.size(), given.size()); i++) {
            compare(path + "[" + i + "]", injected.get(i), given.get(i));
        }
    }

    /** Elements without a name, or with the name of another one, are missing here. */
    private static Map<String, JsonNode> byName(ArrayNode list) {
        Map<String, JsonNode> elements = new LinkedHashMap<>();
        for (JsonNode element : list) {
            if (element.path("name").isString()) {
                elements.put(element.path("name").stringValue(), element);
            }
        }
        return elements;
    }

    private static boolean same(JsonNode a, JsonNode b) {
        return (a.isNumber() && b.isNumber()) ? a.decimalValue().compareTo(b.decimalValue()) == 0 : a.equals(b);
    }

    private static String text(@Nullable JsonNode node) {
        String text = node == null ? "nothing" : node.toString();
        return text.length() <= TEXT ? text : text.substring(0, TEXT - 1) + "…";
    }
}
