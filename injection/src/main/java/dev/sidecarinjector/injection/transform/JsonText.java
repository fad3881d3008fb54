package dev.sidecarinjector.injection.transform;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Compact JSON with Go's escaping (spec 9.5), for the texts that annotations and variables hold. */
final class JsonText {
    private static final String HEX = "0123456789abcdef";

    private JsonText() {}

    /** A tree as it is, in its own order. */
    static void append(StringBuilder out, JsonNode node) {
        switch (node) {
            case ObjectNode object -> appendObject(out, object);
            case ArrayNode array -> appendArray(out, array);
            default -> {
                if (node.isString()) {
                    quote(out, node.stringValue());
                } else {
                    out.append(node);
                }
            }
        }
    }

    static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '<', '>', '&', '\u2028', '\u2029' -> unicode(out, c);
                default -> {
                    if (c < ' ') {
                        unicode(out, c);
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private static void unicode(StringBuilder out, char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
            out.append(HEX.charAt(c >> shift & 0xf));
        }
    }

    private static void appendObject(StringBuilder out, ObjectNode object) {
        char separator = '{';
        for (var entry : object.properties()) {
            out.append(separator);
            separator = ',';
            quote(out, entry.getKey());
            out.append(':');
            append(out, entry.getValue());
        }
        out.append(separator == '{' ? "{}" : "}");
    }

    private static void appendArray(StringBuilder out, ArrayNode array) {
        char separator = '[';
        for (JsonNode element : array) {
            out.append(separator);
            separator = ',';
            append(out, element);
        }
        out.append(separator == '[' ? "[]" : "]");
    }
}
