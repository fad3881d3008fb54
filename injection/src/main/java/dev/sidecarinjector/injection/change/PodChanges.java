package dev.sidecarinjector.injection.change;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Says in few lines what was done to a pod: containers and volumes by name, annotations and labels by key, in a container variables, ports and
 * mounts by their keys, the rest by field.
 */
public final class PodChanges {
    private final List<Change> lines = new ArrayList<>();

    private PodChanges() {}

    /** The lines for two pods, or two pod templates; none where both are the same. */
    public static List<Change> between(JsonNode before, JsonNode after) {
        PodChanges changes = new PodChanges();
        for (String field : List.of("annotations", "labels")) {
            changes.fields("metadata." + field, before.at("/metadata/" + field), after.at("/metadata/" + field));
        }
        for (String field : names(before.path("spec"), after.path("spec"))) {
            JsonNode old = before.path("spec").path(field);
            JsonNode fresh = after.path("spec").path(field);
            String key = key(field);
            if (key == null) {
                changes.field("spec." + field, old, fresh);
            } else {
                changes.elements("spec." + field, key, old, fresh);
            }
        }
        return changes.lines;
    }

    /** The field by which the elements of a list are told apart; null: the list is one value. */
    private static @Nullable String key(String list) {
        return switch (list) {
            case "containers", "initContainers", "ephemeralContainers", "volumes", "imagePullSecrets", "env" -> "name";
            case "volumeMounts" -> "mountPath";
            case "volumeDevices" -> "devicePath";
            case "ports" -> "containerPort";
            default -> null;
        };
    }

    private static Set<String> names(JsonNode a, JsonNode b) {
        Set<String> names = new TreeSet<>(a.propertyNames());
        names.addAll(b.propertyNames());
        return names;
    }

    private void fields(String heading, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        lines.add(Change.heading(heading));
        String indent = " ".repeat(heading.length() - heading.stripLeading().length() + 2);
        for (String name : names(before, after)) {
            JsonNode old = before.path(name);
            JsonNode fresh = after.path(name);
            String key = key(name);
            if (key != null && keyed(old, key) && keyed(fresh, key)) {
                elements(indent + name, key, old, fresh);
            } else {
                field(indent + name, old, fresh);
            }
        }
    }

    /** Whether every element of a list has its key, and each one once; also where there is no list. */
    private static boolean keyed(JsonNode list, String key) {
        return list.isMissingNode() || (list.isArray() && byKey(list, key).size() == list.size() && !byKey(list, key).containsKey(""));
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

    private void elements(String heading, String key, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        lines.add(Change.heading(heading));
        String indent = " ".repeat(heading.length() - heading.stripLeading().length() + 2);
        int start = lines.size();
        Map<String, JsonNode> old = byKey(before, key);
        byKey(after, key).forEach((name, element) -> {
            JsonNode previous = old.remove(name);
            if (previous == null) {
                lines.add(Change.added((indent + name + "  " + outline(element, key)).stripTrailing()));
            } else {
                fields(indent + name, previous, element);
            }
        });
        old.keySet().forEach(name -> lines.add(Change.removed(indent + name)));
        if (lines.size() == start) {
            lines.add(Change.added(indent + "in another order: " + String.join(", ", byKey(after, key).keySet())));
        }
    }

    private static Map<String, JsonNode> byKey(JsonNode list, String key) {
        Map<String, JsonNode> elements = new LinkedHashMap<>();
        for (JsonNode element : list) {
            elements.put(element.path(key).asString(""), element);
        }
        return elements;
    }

    /** A variable's value, a container's image and how much it has of what; a volume's kind. */
    private static String outline(JsonNode element, String key) {
        List<String> parts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> field : element.properties()) {
            String name = field.getKey();
            if (name.equals("image")) {
                parts.addFirst(field.getValue().asString(""));
            } else if (name.equals("value") || (!key.equals("name") && field.getValue().isValueNode() && !name.equals(key))) {
                parts.add(field.getValue().asString(""));
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
