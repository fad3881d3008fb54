package dev.sidecarinjector.injection.jsonschema;

import dev.sidecarinjector.injection.spelling.Spelling;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A schema in the part of JSON Schema (draft 2020-12) that the schema of the values needs; {@code docs/adr/0013} says why it is not a library.
 * Immutable.
 */
public final class JsonSchema {
    /** Words shorter than this are too often a slip of each other. */
    private static final int SHORT = 5;
    private static final int LETTERS = 2;

    private final SchemaNode root;

    private JsonSchema(SchemaNode root) {
        this.root = root;
    }

    /**
     * Reads a schema.
     *
     * @throws IllegalArgumentException for a keyword or a use of one that is not implemented: a fault of the program that brings the schema
     */
    public static JsonSchema parse(String json) {
        return new JsonSchema(new SchemaReader(JsonMapper.shared().readTree(json)).read());
    }

    /** All that the schema does not allow, in the order of the tree. */
    public List<Violation> violations(JsonNode tree) {
        List<Violation> found = new ArrayList<>();
        check(root, tree, "", found);
        return found;
    }

    private static void check(SchemaNode schema, JsonNode value, String path, List<Violation> found) {
        if (!schema.allows(value)) {
            found.add(new Violation(path, schema.expected(), value));
            return;
        }
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            SchemaNode below = schema.properties().getOrDefault(member.getKey(), schema.additional());
            if (below != null) {
                check(below, member.getValue(), below(path, member.getKey()), found);
            }
        }
        if (schema.items() != null && value.isArray()) {
            for (int i = 0; i < value.size(); i++) {
                check(schema.items(), value.get(i), path + "[" + i + "]", found);
            }
        }
    }

    /**
     * Keys that the schema does not know but that look like one that it knows.
     *
     * @param path of the key
     * @param known what may be meant
     */
    public record Slip(String path, String known) {}

    /** Likely slips in names of keys. Other keys that are not known are nobody's concern. */
    public List<Slip> slips(JsonNode tree) {
        List<Slip> found = new ArrayList<>();
        slips(root, tree, "", found);
        return found;
    }

    private static void slips(SchemaNode schema, JsonNode value, String path, List<Slip> found) {
        for (Map.Entry<String, JsonNode> member : value.properties()) {
            String name = member.getKey();
            SchemaNode known = schema.properties().get(name);
            if (known != null) {
                slips(known, member.getValue(), below(path, name), found);
            } else if (schema.additional() == null && name.length() >= SHORT) {
                String nearest = Spelling.nearest(name, schema.properties().keySet(), LETTERS);
                // With both there, each is what it says.
                if (nearest != null && nearest.length() >= SHORT && !value.has(nearest)) {
                    found.add(new Slip(below(path, name), nearest));
                }
            }
        }
    }

    private static String below(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
