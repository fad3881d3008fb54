package dev.sidecarinjector.injection.yaml;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** Writes one tree in block style: maps and lists here, strings through {@link ScalarEmitter}. */
final class Emitter {
    /** A longer key gets a line of its own, behind a question mark. */
    private static final int SIMPLE_KEY_LIMIT = 128;

    private final StringBuilder out;
    private final ScalarEmitter scalars;

    Emitter(StringBuilder out) {
        this.out = out;
        scalars = new ScalarEmitter(out);
    }

    void document(JsonNode root) {
        switch (root) {
            case ObjectNode object when !object.isEmpty() -> mapping(object, 0);
            case ArrayNode array when !array.isEmpty() -> sequence(array, 0);
            default -> {
                leaf(root, 2);
                out.append('\n');
            }
        }
    }

    /** The lines of a map whose first key goes where the text ends now. */
    private void mapping(ObjectNode object, int indent) {
        String[] keys = object.propertyNames().toArray(new String[0]);
        NaturalOrder.sort(keys);
        for (int i = 0; i < keys.length; i++) {
            if (i > 0) {
                scalars.indent(indent);
            }
            String key = keys[i];
            JsonNode value = object.get(key);
            if (isSimple(key)) {
                scalars.key(key, indent + 2);
                out.append(':');
                value(value, indent);
            } else {
                out.append("? ");
                scalars.string(key, indent + 2);
                out.append('\n');
                scalars.indent(indent);
                out.append(':');
                item(value, indent + 2);
            }
        }
    }

    private static boolean isSimple(String key) {
        return (key.length() <= SIMPLE_KEY_LIMIT / 3 || key.getBytes(java.nio.charset.StandardCharsets.UTF_8).length <= SIMPLE_KEY_LIMIT)
                && key.indexOf('\n') < 0 && key.indexOf('\r') < 0;
    }

    /** What stands behind the colon of a key at this indentation; a list is not indented. */
    private void value(JsonNode value, int indent) {
        switch (value) {
            case ObjectNode object when !object.isEmpty() -> {
                out.append('\n');
                scalars.indent(indent + 2);
                mapping(object, indent + 2);
            }
            case ArrayNode array when !array.isEmpty() -> {
                out.append('\n');
                scalars.indent(indent);
                sequence(array, indent);
            }
            default -> {
                out.append(' ');
                leaf(value, indent + 2);
                out.append('\n');
            }
        }
    }

    private void sequence(ArrayNode array, int indent) {
        for (int i = 0; i < array.size(); i++) {
            if (i > 0) {
                scalars.indent(indent);
            }
            out.append('-');
            item(array.get(i), indent + 2);
        }
    }

    /** What stands behind a dash: maps and lists begin on the same line. */
    private void item(JsonNode value, int indent) {
        out.append(' ');
        switch (value) {
            case ObjectNode object when !object.isEmpty() -> mapping(object, indent);
            case ArrayNode array when !array.isEmpty() -> sequence(array, indent);
            default -> {
                leaf(value, indent);
                out.append('\n');
            }
        }
    }

    private void leaf(JsonNode value, int indent) {
        switch (value) {
            case StringNode string -> scalars.string(string.stringValue(), indent);
            case ObjectNode _ -> out.append("{}");
            case ArrayNode _ -> out.append("[]");
            default -> out.append(plain(value));
        }
    }

    private static String plain(JsonNode value) {
        return switch (value.numberType()) {
            case null -> value.isBoolean() ? (value.booleanValue() ? "true" : "false") : "null";
            case INT, LONG, BIG_INTEGER -> value.asString();
            case BIG_DECIMAL -> value.decimalValue().toString().toLowerCase(Locale.ROOT);
            case FLOAT, DOUBLE -> GoNumber.shortestDouble(value.doubleValue());
        };
    }
}
