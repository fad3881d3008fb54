package dev.sidecarinjector.injection.config;

import dev.sidecarinjector.gotemplate.GoFormat;
import dev.sidecarinjector.injection.jsonschema.JsonSchema;
import dev.sidecarinjector.injection.jsonschema.Violation;
import dev.sidecarinjector.injection.yaml.YamlException;
import dev.sidecarinjector.injection.yaml.YamlReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The values text (spec section 2.2): the untyped map that templates read, and the few settings that the engine reads itself. */
public final class Values {
    /** As many faults are told at once; who has more has probably given the wrong file. */
    private static final int MOST = 10;

    private final JsonNode tree;
    private final @Nullable Object go;
    private final List<String> warnings;

    private Values(JsonNode tree, List<String> warnings) {
        this.tree = tree;
        this.go = go(tree);
        this.warnings = List.copyOf(warnings);
    }

    /**
     * Reads the text, JSON or YAML, and checks it.
     *
     * @param schema what the values may be; keys that it does not know are allowed
     * @throws ConfigurationException where the text is neither, or no map, or does not fit; then with every place that does not, and why
     */
    public static Values parse(String text, JsonSchema schema) {
        JsonNode tree = read(text);
        List<Violation> violations = schema.violations(tree);
        if (!violations.isEmpty()) {
            throw new ConfigurationException("values: " + list(violations));
        }
        List<String> warnings = new ArrayList<>();
        for (JsonSchema.Slip slip : schema.slips(tree)) {
            if (warnings.size() < MOST) {
                warnings.add("values: " + slip.path() + " is not known; did you mean " + slip.known() + "?");
            }
        }
        return new Values(tree, warnings);
    }

    private static String list(List<Violation> violations) {
        String first = violations.stream().limit(MOST).map(Violation::text).collect(Collectors.joining("; "));
        return violations.size() > MOST ? first + "; and " + (violations.size() - MOST) + " more" : first;
    }

    /**
     * Reads the text, JSON or YAML, without asking whether templates can use what it says.
     *
     * @throws ConfigurationException where it is neither, or no map
     */
    public static Values parse(String text) {
        return new Values(read(text), List.of());
    }

    private static JsonNode read(String text) {
        JsonNode tree;
        try {
            tree = YamlReader.read(text);
        } catch (YamlException e) {
            throw new ConfigurationException("could not parse configuration values: line " + e.line() + ", column " + e.column() + ": "
                    + e.getMessage());
        }
        if (!tree.isObject() && !tree.isNull()) {
            throw new ConfigurationException("could not parse configuration values: expected a map (name: value), found "
                    + tree.getNodeType());
        }
        return tree;
    }

    /** What the operator should know, one line each. */
    List<String> warnings() {
        return warnings;
    }

    /** The tree as read; never null. */
    public JsonNode tree() {
        return tree;
    }

    /** The map as templates see it: immutable, all numbers doubles; null where the text held nothing. */
    public @Nullable Object go() {
        return go;
    }

    private static @Nullable Object go(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, @Nullable Object> map = LinkedHashMap.newLinkedHashMap(node.size());
                for (Map.Entry<String, JsonNode> entry : node.properties()) {
                    map.put(entry.getKey().intern(), go(entry.getValue()));
                }
                yield Collections.unmodifiableMap(map);
            }
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>(node.size());
                for (JsonNode element : node) {
                    list.add(go(element));
                }
                yield Collections.unmodifiableList(list);
            }
            case STRING -> node.stringValue();
            case NUMBER -> node.doubleValue();
            case BOOLEAN -> node.booleanValue();
            default -> null;
        };
    }

    /** {@code global.hub}, and so on: printed as text from any scalar as Go does (the number 1.10 gives {@code 1.1}), empty when absent. */
    public String text(String... path) {
        JsonNode node = at(path);
        return node.isNumber() ? GoFormat.sprint(node.doubleValue()) : node.asString("");
    }

    /** A boolean at a path, or the fallback when it is absent. */
    public boolean flag(boolean fallback, String... path) {
        JsonNode node = at(path);
        return node.isBoolean() ? node.booleanValue() : fallback;
    }

    private JsonNode at(String... path) {
        JsonNode node = tree;
        for (String name : path) {
            node = node.path(name);
        }
        return node;
    }
}
