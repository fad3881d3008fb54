package dev.sidecarinjector.injection.uninjection;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Leaves out of a candidate what makes no difference to the injected pod: labels, annotations and fields of the spec that the injection writes by
 * itself, and what it appended to lists in annotations.
 */
final class Pruning {
    private static final Set<String> LISTS = Set.of("containers", "initContainers", "volumes", "imagePullSecrets", "ephemeralContainers");
    /** One more network in the JSON form of Multus' annotation. */
    private static final Pattern LAST_NETWORK = Pattern.compile(",\\s*\\{[^{}]*\\}(?=\\s*\\]\\s*$)");
    private static final Pattern LAST_PART = Pattern.compile(",\\s*[^,]*$");

    private final ObjectNode candidate;
    private final Function<ObjectNode, @Nullable ObjectNode> inject;
    private final @Nullable ObjectNode wanted;

    Pruning(ObjectNode candidate, Function<ObjectNode, @Nullable ObjectNode> inject) {
        this.candidate = candidate;
        this.inject = inject;
        wanted = inject.apply(candidate);
    }

    void run() {
        if (wanted == null) {
            return;
        }
        JsonNode metadata = candidate.path("metadata");
        for (String map : List.of("labels", "annotations")) {
            if (metadata.path(map) instanceof ObjectNode entries) {
                prune(entries, true);
            }
        }
        if (candidate.path("spec") instanceof ObjectNode spec) {
            prune(spec, false);
        }
    }

    private void prune(ObjectNode object, boolean texts) {
        for (String name : new ArrayList<>(object.propertyNames())) {
            JsonNode value = object.get(name);
            if (LISTS.contains(name) || leaveOut(object, name, value)) {
                continue;
            }
            if (value instanceof ObjectNode nested) {
                prune(nested, false);
            } else if (texts && value.isString()) {
                shorten(object, name, value.stringValue());
            }
        }
    }

    private boolean leaveOut(ObjectNode object, String name, JsonNode value) {
        object.remove(name);
        if (isTheSame()) {
            return true;
        }
        object.set(name, value);
        return false;
    }

    private void shorten(ObjectNode object, String name, String text) {
        String shorter = shorter(text);
        while (shorter != null) {
            JsonNode old = object.get(name);
            object.set(name, StringNode.valueOf(shorter));
            if (!isTheSame()) {
                object.set(name, old);
                return;
            }
            shorter = shorter(shorter);
        }
    }

    private static @Nullable String shorter(String text) {
        Matcher matcher = (text.stripTrailing().endsWith("]") ? LAST_NETWORK : LAST_PART).matcher(text);
        return matcher.find() ? text.substring(0, matcher.start()) + text.substring(matcher.end()) : null;
    }

    private boolean isTheSame() {
        ObjectNode injected = inject.apply(candidate);
        return injected != null && PodDifferences.none(injected, wanted);
    }
}
