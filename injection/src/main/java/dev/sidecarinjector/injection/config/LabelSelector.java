package dev.sidecarinjector.injection.config;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A Kubernetes label selector. */
public final class LabelSelector {
    private final List<Requirement> requirements;
    private final String text;

    private LabelSelector(List<Requirement> requirements, String text) {
        this.requirements = List.copyOf(requirements);
        this.text = text;
    }

    /** The operators of {@code matchExpressions}. */
    public enum Operator {
        IN("In"), NOT_IN("NotIn"), EXISTS("Exists"), DOES_NOT_EXIST("DoesNotExist");

        private final String spelling;

        Operator(String spelling) {
            this.spelling = spelling;
        }

        static @Nullable Operator of(String text) {
            for (Operator operator : values()) {
                if (operator.spelling.equals(text)) {
                    return operator;
                }
            }
            return null;
        }
    }

    /** What a selector asks of one label; all of a selector's must hold. */
    public record Requirement(String key, Operator operator, Set<String> values) {
        /** @param label its value; null where it is not there */
        public boolean holds(@Nullable String label) {
            return switch (operator) {
                case IN -> label != null && values.contains(label);
                case NOT_IN -> label == null || !values.contains(label);
                case EXISTS -> label != null;
                case DOES_NOT_EXIST -> label == null;
            };
        }

        /** As kubectl writes it: {@code app in (a, b)}. */
        @Override
        public String toString() {
            String list = "(" + String.join(", ", new TreeSet<>(values)) + ")";
            return switch (operator) {
                case IN -> values.size() == 1 ? key + "=" + values.iterator().next() : key + " in " + list;
                case NOT_IN -> values.size() == 1 ? key + "!=" + values.iterator().next() : key + " notin " + list;
                case EXISTS -> key;
                case DOES_NOT_EXIST -> "!" + key;
            };
        }
    }

    /** Reads {@code matchLabels} and {@code matchExpressions}.
     *
     * @throws ConfigurationException where it is no selector: what was expected and found
     */
    public static LabelSelector parse(JsonNode node) {
        if (!node.isObject()) {
            throw new ConfigurationException("expected matchLabels or matchExpressions, found " + node);
        }
        List<Requirement> requirements = new ArrayList<>();
        for (Map.Entry<String, JsonNode> label : node.path("matchLabels").properties()) {
            requirements.add(new Requirement(key(label.getKey()), Operator.IN, Set.of(value(label.getValue()))));
        }
        for (JsonNode expression : node.path("matchExpressions")) {
            requirements.add(requirement(expression));
        }
        return new LabelSelector(requirements, node.toString());
    }

    private static Requirement requirement(JsonNode expression) {
        String key = key(expression.path("key").asString(""));
        String name = expression.path("operator").asString("");
        Operator operator = Operator.of(name);
        if (operator == null) {
            throw new ConfigurationException(
                    "key " + key + ": expected the operator In, NotIn, Exists or DoesNotExist, found \"" + name + "\"");
        }
        Set<String> values = new HashSet<>();
        for (JsonNode element : expression.path("values")) {
            values.add(value(element));
        }
        boolean listed = operator == Operator.IN || operator == Operator.NOT_IN;
        if (listed == values.isEmpty()) {
            throw new ConfigurationException("key " + key + ": the operator " + name + (listed ? " needs values" : " takes no values"));
        }
        return new Requirement(key, operator, Set.copyOf(values));
    }

    private static String key(String key) {
        String name = key.substring(key.indexOf('/') + 1);
        if (!isName(name) || name.isEmpty() || key.indexOf('/') == 0) {
            throw new ConfigurationException("\"" + key + "\" is no label's name");
        }
        return key;
    }

    private static String value(JsonNode node) {
        String value = node.asString("");
        if (!node.isString() || !isName(value)) {
            throw new ConfigurationException("expected a label's value (at most 63 letters, digits, -, _ and .), found " + node);
        }
        return value;
    }

    /** At most 63 characters, the first and last a letter or digit; empty is allowed. */
    private static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alphanumeric = c < 128 && Character.isLetterOrDigit(c);
            boolean inner = i > 0 && i < text.length() - 1 && (c == '-' || c == '_' || c == '.');
            if (!alphanumeric && !inner) {
                return false;
            }
        }
        return text.length() <= 63;
    }

    /** In their order; none: Kubernetes itself takes the selector to select everything. */
    public List<Requirement> requirements() {
        return requirements;
    }

    /** Whether it selects these labels (a pod's tree of labels); an empty selector selects nothing here. */
    public boolean matches(JsonNode labels) {
        for (Requirement requirement : requirements) {
            JsonNode label = labels.get(requirement.key);
            if (!requirement.holds(label == null || label.isNull() ? null : label.asString(""))) {
                return false;
            }
        }
        return !requirements.isEmpty();
    }

    /** The selector as JSON. */
    @Override
    public String toString() {
        return text;
    }
}
