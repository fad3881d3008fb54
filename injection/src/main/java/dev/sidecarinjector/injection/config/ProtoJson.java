package dev.sidecarinjector.injection.config;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Writes canonical trees as protobuf's JSON on one line, with Go's escapes (spec sections 8.1, 9.5). */
final class ProtoJson {
    private static final String HEX = "0123456789abcdef";

    private ProtoJson() {}

    static String text(JsonNode node) {
        StringBuilder out = new StringBuilder(128);
        write(node, out);
        return out.toString();
    }

    private static void write(JsonNode node, StringBuilder out) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                char separator = '{';
                for (Map.Entry<String, JsonNode> entry : node.properties()) {
                    out.append(separator);
                    quote(entry.getKey(), out);
                    write(entry.getValue(), out.append(':'));
                    separator = ',';
                }
                out.append(separator == '{' ? "{}" : "}");
            }
            case ARRAY -> {
                char separator = '[';
                for (JsonNode element : node) {
                    write(element, out.append(separator));
                    separator = ',';
                }
                out.append(separator == '[' ? "[]" : "]");
            }
            case STRING -> quote(node.stringValue(), out);
            case NUMBER -> out.append(node.isIntegralNumber() ? node.asString() : decimal(node.doubleValue()));
            default -> out.append(node.asString());
        }
    }

    private static String decimal(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e15
                ? Long.toString((long) value)
                : new java.math.BigDecimal(Double.toString(value)).toPlainString();
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20 || c == '<' || c == '>' || c == '&' || c == 0x2028 || c == 0x2029) {
                        out.append("\\u").append(HEX.charAt(c >> 12)).append(HEX.charAt(c >> 8 & 15)).append(HEX.charAt(c >> 4 & 15))
                                .append(HEX.charAt(c & 15));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
