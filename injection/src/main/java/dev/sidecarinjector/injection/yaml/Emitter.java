package dev.sidecarinjector.injection.yaml;

import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes one tree in block style: maps and lists here, strings through {@link ScalarEmitter}. Without pattern switches, since each costs a
 * millisecond where a program starts.
 */
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
        if (root instanceof ObjectNode object && !object.isEmpty()) {
            mapping(object, 0);
        } else if (root instanceof ArrayNode array && !array.isEmpty()) {
            sequence(array, 0);
        } else {
            leaf(root, 2);
            out.append('\n');
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
        if (value instanceof ObjectNode object && !object.isEmpty()) {
            out.append('\n');
            scalars.indent(indent + 2);
            mapping(object, indent + 2);
        } else if (value instanceof ArrayNode array && !array.isEmpty()) {
            out.append('\n');
            scalars.indent(indent);
            sequence(array, indent);
        } else {
            out.append(' ');
            leaf(value, indent + 2);
            out.append('\n');
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
        if (value instanceof ObjectNode object && !object.isEmpty()) {
            mapping(object, indent);
        } else if (value instanceof ArrayNode array && !array.isEmpty()) {
            sequence(array, indent);
        } else {
            leaf(value, indent);
            out.append('\n');
        }
    }

    private void leaf(JsonNode value, int indent) {
        if (value.isString()) {
            scalars.string(value.stringValue(), indent);
        } else if (value.isContainer()) {
            out.append(value.isObject() ? "{}" : "[]");
        } else {
            out.append(plain(value));
        }
    }

    private static String plain(JsonNode value) {
        if (value.isBigDecimal()) {
            return value.decimalValue().toString().toLowerCase(Locale.ROOT);
        }
        return value.isFloatingPointNumber() ? GoNumber.shortestDouble(value.doubleValue()) : value.isNull() ? "null" : value.asString();
    }
}
