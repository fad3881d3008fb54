package dev.sidecarinjector.conformance;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Whether two documents are the same: trees in order, after the normalisation that the cases define. Dropped are nulls and those empty objects
 * that a typed encoder writes though nobody set them; quantities are compared by their amount; texts that hold JSON are compared as JSON.
 */
final class Sameness {
    private static final Set<String> EMPTY_WHEN_UNSET = Set.of("status", "strategy", "resources", "metadata");
    private static final Set<String> QUANTITIES = Set.of("limits", "requests", "capacity");
    private static final Set<String> JSON_TEXTS = Set.of("PROXY_CONFIG", "ISTIO_META_POD_PORTS", "ISTIO_KUBE_APP_PROBERS",
            "ISTIO_PROMETHEUS_ANNOTATIONS", "sidecar.istio.io/status", "proxy.istio.io/overrides");
    private static final Map<String, BigDecimal> UNITS = Map.ofEntries(Map.entry("n", new BigDecimal("1e-9")),
            Map.entry("u", new BigDecimal("1e-6")), Map.entry("m", new BigDecimal("1e-3")), Map.entry("k", new BigDecimal("1e3")),
            Map.entry("M", new BigDecimal("1e6")), Map.entry("G", new BigDecimal("1e9")), Map.entry("T", new BigDecimal("1e12")),
            Map.entry("Ki", new BigDecimal(1L << 10)), Map.entry("Mi", new BigDecimal(1L << 20)), Map.entry("Gi", new BigDecimal(1L << 30)),
            Map.entry("Ti", new BigDecimal(1L << 40)));

    private Sameness() {}

    /** Where two documents differ first, or null where they are the same. */
    static @Nullable String difference(JsonNode expected, JsonNode actual) {
        List<String> found = new ArrayList<>();
        compare("", normal(expected), normal(actual), found);
        return found.isEmpty() ? null : found.getFirst();
    }

    private static void compare(String path, @Nullable JsonNode expected, @Nullable JsonNode actual, List<String> found) {
        if (expected instanceof ObjectNode left && actual instanceof ObjectNode right) {
            left.properties()
                    .forEach(member -> compare(path + "/" + member.getKey(), member.getValue(), right.get(member.getKey()), found));
            right.properties().forEach(member -> {
                if (!left.has(member.getKey())) {
                    found.add(path + "/" + member.getKey() + ": not expected, but is " + member.getValue());
                }
            });
        } else if (expected instanceof ArrayNode left && actual instanceof ArrayNode right) {
            for (int i = 0; i < Math.max(left.size(), right.size()); i++) {
                compare(path + "/" + i, left.get(i), right.get(i), found);
            }
        } else if (expected == null || actual == null || !sameScalar(expected, actual)) {
            found.add(path + ": expected " + expected + ", is " + actual);
        }
    }

    private static boolean sameScalar(JsonNode expected, JsonNode actual) {
        if (expected.isNumber() && actual.isNumber()) {
            return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
        }
        return expected.equals(actual);
    }

    private static JsonNode normal(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> normalObject(object);
            case ArrayNode array -> {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> copy.add(normal(element)));
                yield copy;
            }
            default -> node;
        };
    }

    private static ObjectNode normalObject(ObjectNode object) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        object.properties().forEach(member -> {
            String key = member.getKey();
            JsonNode value = member.getValue();
            if (JSON_TEXTS.contains(key) || (key.equals("value") && JSON_TEXTS.contains(object.path("name").asString("")))) {
                copy.set(key, parsed(value));
            } else if (QUANTITIES.contains(key) && value instanceof ObjectNode amounts) {
                ObjectNode plain = copy.putObject(key);
                amounts.properties().forEach(amount -> plain.set(amount.getKey(), amount(amount.getValue())));
            } else if (key.equals("sizeLimit") || key.equals("divisor")) {
                copy.set(key, amount(value));
            } else {
                JsonNode plain = normal(value);
                if (!plain.isNull() && !(EMPTY_WHEN_UNSET.contains(key) && plain.isObject() && plain.isEmpty())) {
                    copy.set(key, plain);
                }
            }
        });
        return copy;
    }

    private static JsonNode parsed(JsonNode value) {
        String text = value.asString("");
        if (!text.strip().startsWith("{") && !text.strip().startsWith("[")) {
            return value;
        }
        try {
            return ConformanceData.JSON.readTree(text);
        } catch (JacksonException _) {
            return value;
        }
    }

    private static JsonNode amount(JsonNode value) {
        String text = value.asString("");
        int unit = text.length();
        while (unit > 0 && Character.isLetter(text.charAt(unit - 1))) {
            unit--;
        }
        BigDecimal factor = unit == text.length() ? BigDecimal.ONE : UNITS.get(text.substring(unit));
        return factor == null || unit == 0
                ? value
                : JsonNodeFactory.instance.numberNode(new BigDecimal(text.substring(0, unit)).multiply(factor));
    }
}
