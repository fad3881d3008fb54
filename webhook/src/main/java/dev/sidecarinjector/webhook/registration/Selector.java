package dev.sidecarinjector.webhook.registration;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** A label selector, asked about an object of which only some labels are known. */
final class Selector {
    private final JsonNode selector;

    Selector(JsonNode selector) {
        this.selector = selector;
    }

    /**
     * Whether it can match an object with these labels and any others. A condition on a label that is not known can be met.
     *
     * @param absent labels that the object is known not to have
     */
    boolean canMatch(Map<String, String> known, Set<String> absent) {
        return selector.path("matchLabels").propertyStream()
                .allMatch(label -> possible("In", label.getKey(), Set.of(label.getValue().asString("")), known, absent))
                && StreamSupport.stream(selector.path("matchExpressions").spliterator(), false)
                        .allMatch(one -> possible(one.path("operator").asString(""), one.path("key").asString(""), values(one), known,
                                absent));
    }

    private static Set<String> values(JsonNode expression) {
        return StreamSupport.stream(expression.path("values").spliterator(), false).map(value -> value.asString(""))
                .collect(Collectors.toSet());
    }

    private static boolean possible(String operator, String key, Set<String> values, Map<String, String> known, Set<String> absent) {
        boolean present = known.containsKey(key);
        if (!present && !absent.contains(key)) {
            return true;
        }
        return switch (operator) {
            case "In" -> present && values.contains(known.get(key));
            case "NotIn" -> !present || !values.contains(known.get(key));
            case "Exists" -> present;
            case "DoesNotExist" -> !present;
            default -> true;
        };
    }
}
