package dev.sidecarinjector.webhook.demo;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Says in few lines what was done to a pod: containers and volumes by name, annotations and labels by key, the rest by field. */
final class Changes {
    private static final Set<String> CONTAINERS = Set.of("initContainers", "containers");
    private final List<Change> lines = new ArrayList<>();

    private Changes() {}

    static List<Change> between(JsonNode before, JsonNode after) {
        Changes changes = new Changes();
        for (String field : List.of("annotations", "labels")) {
            changes.fields("metadata." + field, before.at("/metadata/" + field), after.at("/metadata/" + field));
        }
        Set<String> fields = new TreeSet<>(before.path("spec").propertyNames());
        fields.addAll(after.path("spec").propertyNames());
        for (String field : fields) {
            JsonNode old = before.path("spec").path(field);
            JsonNode fresh = after.path("spec").path(field);
            if (CONTAINERS.contains(field) || field.equals("volumes")) {
                changes.elements("spec." + field, old, fresh);
            } else {
                changes.field("spec." + field, old, fresh);
            }
        }
        return changes.lines;
    }

    private void fields(String heading, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        lines.add(Change.heading(heading));
        Set<String> names = new TreeSet<>(before.propertyNames());
        names.addAll(after.propertyNames());
        for (String name : names) {
            field("  " + name, before.path(name), after.path(name));
        }
    }

    private void field(String name, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        if (!before.isMissingNode()) {
            lines.add(Change.removed(name + ": " + text(before)));
        }
        if (!after.isMissingNode()) {
            lines.add(Change.added(name + ": " + text(after)));
        }
    }

    private void elements(String heading, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        lines.add(Change.heading(heading));
        Map<String, JsonNode> old = byName(before);
        byName(after).forEach((name, element) -> {
            JsonNode previous = old.remove(name);
            if (previous == null) {
                lines.add(Change.added(("  " + name + "  " + outline(element)).stripTrailing()));
            } else {
                fields("  " + name, previous, element);
            }
        });
        old.keySet().forEach(name -> lines.add(Change.removed("  " + name)));
    }

    private static Map<String, JsonNode> byName(JsonNode list) {
        Map<String, JsonNode> elements = new LinkedHashMap<>();
        for (JsonNode element : list) {
            elements.put(element.path("name").asString(""), element);
        }
        return elements;
    }

    /** A container's image and how much it has of what; a volume's kind. */
    private static String outline(JsonNode element) {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : element.properties()) {
            String name = field.getKey();
            if (name.equals("image")) {
                parts.addFirst(field.getValue().asString(""));
            } else if (field.getValue().isArray()) {
                parts.add(name + ": " + field.getValue().size());
            } else if (name.endsWith("Probe") || (!element.has("image") && field.getValue().isObject())) {
                parts.add(name);
            }
        }
        return String.join(", ", parts);
    }

    private static String text(JsonNode value) {
        return value.isString() ? value.stringValue() : sorted(value).toString();
    }

    private static JsonNode sorted(JsonNode value) {
        if (!value.isObject()) {
            return value;
        }
        var sorted = JsonNodeFactory.instance.objectNode();
        new TreeSet<>(value.propertyNames()).forEach(name -> sorted.set(name, sorted(value.get(name))));
        return sorted;
    }
}
