package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.FunctionFailure;
import dev.sidecarinjector.gotemplate.GoSlice;
import dev.sidecarinjector.gotemplate.GoStruct;
import dev.sidecarinjector.gotemplate.GoTypes;
import dev.sidecarinjector.gotemplate.Utf8;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** JSON as Go's encoding/json writes it: keys sorted, no blanks, or with an indent of two. */
final class JsonWriter {
    private static final String HEX = "0123456789abcdef";
    private final StringBuilder out = new StringBuilder();
    private final boolean html;
    private final boolean pretty;

    private JsonWriter(boolean html, boolean pretty) {
        this.html = html;
        this.pretty = pretty;
    }

    /**
     * The JSON text of a value.
     *
     * @param html whether {@code < > &} are escaped
     * @throws FunctionFailure for a value that JSON cannot express
     */
    static String write(@Nullable Object value, boolean html, boolean pretty) {
        JsonWriter writer = new JsonWriter(html, pretty);
        writer.value(value, "\n");
        return writer.out.toString();
    }

    private void value(@Nullable Object value, String line) {
        if (value == null || (value instanceof GoSlice slice && slice.isNil())) {
            out.append("null");
        } else if (value instanceof CharSequence text) {
            string(text.toString());
        } else if (value instanceof Double d) {
            number(d);
        } else if (value instanceof Boolean || value instanceof Number) {
            out.append(value);
        } else if (value instanceof Map<?, ?> map) {
            map(map, GoText.sortedKeys(map), line);
        } else if (value instanceof List<?> list) {
            list(list, line);
        } else if (value instanceof JsonText special) {
            string(special.json());
        } else if (value instanceof GoStruct struct) {
            struct(struct, line);
        } else {
            throw new FunctionFailure("json: unsupported type: " + GoTypes.name(value));
        }
    }

    private void struct(GoStruct struct, String line) {
        Map<String, @Nullable Object> fields = struct.jsonFields();
        if (fields == null) {
            throw new FunctionFailure("json: unsupported type: " + struct.goType());
        }
        map(fields, List.copyOf(fields.keySet()), line);
    }

    private void map(Map<?, ?> map, List<String> keys, String line) {
        String inner = pretty ? line + "  " : line;
        char separator = '{';
        for (String key : keys) {
            out.append(separator);
            newLine(inner);
            string(key);
            out.append(pretty ? ": " : ":");
            value(map.get(key), inner);
            separator = ',';
        }
        close(separator == '{' ? "{}" : "}", line);
    }

    private void list(List<?> list, String line) {
        String inner = pretty ? line + "  " : line;
        char separator = '[';
        for (Object element : list) {
            out.append(separator);
            newLine(inner);
            value(element, inner);
            separator = ',';
        }
        close(separator == '[' ? "[]" : "]", line);
    }

    private void close(String bracket, String line) {
        if (bracket.length() == 1) {
            newLine(line);
        }
        out.append(bracket);
    }

    private void newLine(String line) {
        if (pretty) {
            out.append(line);
        }
    }

    private void string(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case '\u2028', '\u2029' -> escape(c);
                case '<', '>', '&' -> {
                    if (html) {
                        escape(c);
                    } else {
                        out.append(c);
                    }
                }
                default -> {
                    int character = text.codePointAt(i);
                    if (c < ' ') {
                        escape(c);
                    } else if (Utf8.isRawByte(character)) {
                        out.append("\\ufffd");
                    } else {
                        out.appendCodePoint(character);
                        i += Character.charCount(character) - 1;
                    }
                }
            }
        }
        out.append('"');
    }

    private void escape(char c) {
        out.append("\\u").append(HEX.charAt(c >> 12)).append(HEX.charAt((c >> 8) & 15)).append(HEX.charAt((c >> 4) & 15))
                .append(HEX.charAt(c & 15));
    }

    private void number(double value) {
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new FunctionFailure("json: unsupported value: " + value);
        }
        if (value == 0) {
            out.append(1 / value < 0 ? "-0" : "0");
            return;
        }
        BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        double size = Math.abs(value);
        if (size >= 1e-6 && size < 1e21) {
            out.append(decimal.toPlainString());
            return;
        }
        String digits = decimal.unscaledValue().abs().toString();
        int exponent = digits.length() - 1 - decimal.scale();
        out.append(value < 0 ? "-" : "").append(digits.charAt(0)).append(digits.length() > 1 ? "." : "").append(digits, 1, digits.length());
        out.append(exponent < 0 ? "e-" : "e+").append(Math.abs(exponent));
    }

    /** A value that JSON shows as a string: a time, a version. */
    interface JsonText {
        String json();
    }
}
