package dev.sidecarinjector.injection.jsonschema;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads a schema; whatever this package does not implement is refused, so that no rule is written down that nobody checks. In this package
 * there are no lambdas: a command that reads values once would wait longer for their start than for the check.
 */
final class SchemaReader {
    private static final String DEFINITIONS = "#/$defs/";
    private static final Set<String> TYPES = Set.of("null", "boolean", "string", "number", "integer", "array", "object");
    /** What says nothing about whether a value is allowed. */
    private static final Set<String> REMARKS = Set.of("$schema", "$id", "$defs", "title", "description", "default", "x-topic");
    private static final Set<String> RULES = Set.of("$ref", "type", "enum", "pattern", "minimum", "maximum", "properties",
            "additionalProperties",
            "items", "x-expected");

    private final JsonNode root;
    private final Map<String, SchemaNode> definitions = new LinkedHashMap<>();

    SchemaReader(JsonNode root) {
        this.root = root;
    }

    SchemaNode read() {
        return node(root, "");
    }

    private SchemaNode node(JsonNode schema, String path) {
        if (!schema.isObject()) {
            throw refused(path, "expected an object");
        }
        List<String> rules = new ArrayList<>();
        for (String keyword : schema.propertyNames()) {
            if (RULES.contains(keyword)) {
                rules.add(keyword);
            } else if (!REMARKS.contains(keyword)) {
                throw refused(path, "the keyword " + keyword + " is not implemented");
            }
        }
        if (!schema.has("$ref")) {
            return new SchemaNode(types(schema, path), values(schema), pattern(schema, path), number(schema, "minimum"),
                    number(schema, "maximum"), properties(schema, path), below(schema, "additionalProperties", path),
                    below(schema, "items", path), expected(schema, path));
        }
        if (rules.size() > 1) {
            throw refused(path, "beside $ref only remarks are implemented");
        }
        return definition(schema.path("$ref").asString(""), path);
    }

    private SchemaNode definition(String reference, String path) {
        JsonNode found = reference.startsWith(DEFINITIONS) ? root.path("$defs").path(reference.substring(DEFINITIONS.length())) : null;
        if (found == null || found.isMissingNode()) {
            throw refused(path, "there is no " + reference);
        }
        SchemaNode known = definitions.get(reference);
        if (known == null) {
            known = node(found, reference);
            definitions.put(reference, known);
        }
        return known;
    }

    private static @Nullable List<String> types(JsonNode schema, String path) {
        JsonNode type = schema.get("type");
        if (type == null) {
            return null;
        }
        List<String> names = new ArrayList<>();
        for (JsonNode name : type.isArray() ? type.values() : List.of(type)) {
            names.add(name.asString(""));
        }
        if (!TYPES.containsAll(names)) {
            throw refused(path, "one of the types " + names + " does not exist");
        }
        return List.copyOf(names);
    }

    private static @Nullable List<JsonNode> values(JsonNode schema) {
        JsonNode values = schema.get("enum");
        return values == null ? null : List.copyOf(values.values());
    }

    /** JSON Schema searches, this package matches the whole: the same where a pattern is anchored. */
    private static @Nullable String pattern(JsonNode schema, String path) {
        String pattern = schema.path("pattern").asString(null);
        if (pattern != null && !(pattern.startsWith("^") && pattern.endsWith("$"))) {
            throw refused(path, "a pattern must begin with ^ and end with $");
        }
        return pattern;
    }

    private static @Nullable Double number(JsonNode schema, String keyword) {
        JsonNode number = schema.get(keyword);
        return number == null ? null : number.doubleValue();
    }

    private Map<String, SchemaNode> properties(JsonNode schema, String path) {
        Map<String, SchemaNode> properties = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            properties.put(property.getKey(), node(property.getValue(), path + "/" + property.getKey()));
        }
        return properties;
    }

    private @Nullable SchemaNode below(JsonNode schema, String keyword, String path) {
        JsonNode below = schema.get(keyword);
        return below == null ? null : node(below, path + "/" + keyword);
    }

    private static String expected(JsonNode schema, String path) {
        String expected = schema.path("x-expected").asString("");
        if (!expected.isEmpty()) {
            return expected;
        }
        if (!schema.has("properties")) {
            throw refused(path, "x-expected is missing: the words for what fits");
        }
        return "a map (name: value)";
    }

    private static IllegalArgumentException refused(String path, String why) {
        return new IllegalArgumentException("schema: " + (path.isEmpty() ? "root" : path) + ": " + why);
    }
}
