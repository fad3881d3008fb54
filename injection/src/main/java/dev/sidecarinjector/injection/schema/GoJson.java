package dev.sidecarinjector.injection.schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Compact JSON text as Go's {@code encoding/json} writes it (spec 9.5), for annotations, environment variables and template functions. */
public final class GoJson {
    private final StringBuilder out = new StringBuilder(128);
    private final boolean unknownToo;

    private GoJson(boolean unknownToo) {
        this.unknownToo = unknownToo;
    }

    /** Untyped JSON: the keys of all objects sorted. */
    public static String sorted(JsonNode node) {
        GoJson json = new GoJson(true);
        json.write(node, null, null);
        return json.out.toString();
    }

    /**
     * A struct, or a list of structs, of a type of the {@link Schema}: fields in the order of Go's declaration, empty ones left out or zero as Go
     * does it, quantities canonical. Fields that the type does not know follow, sorted.
     */
    public static String ordered(JsonNode node, String typeName) {
        return write(node, Schema.type(typeName), true);
    }

    /** Appends a string literal. */
    public static void quote(String text, StringBuilder out) {
        GoJsonText.quote(text, out);
    }

    /** The same without the fields that the type does not know. */
    static String known(JsonNode node, StructType type) {
        return write(node, type, false);
    }

    private static String write(JsonNode node, StructType type, boolean unknownToo) {
        GoJson json = new GoJson(unknownToo);
        JsonNode copy = node.isMissingNode() ? node : node.deepCopy();
        Printable.fill(copy, type);
        json.write(copy, null, type);
        return json.out.toString();
    }

    private void write(JsonNode node, @Nullable Field field, @Nullable StructType type) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                if (type == null || (field != null && field.arity() == Field.Arity.MAP)) {
                    sortedObject((ObjectNode) node, field);
                } else {
                    struct((ObjectNode) node, type);
                }
            }
            case ARRAY -> {
                out.append('[');
                for (int i = 0; i < node.size(); i++) {
                    comma(i);
                    write(node.get(i), null, type);
                }
                out.append(']');
            }
            case STRING -> GoJsonText.quote(node.stringValue(), out);
            case NUMBER -> out.append(number(node));
            case BOOLEAN -> out.append(node.booleanValue());
            default -> out.append("null");
        }
    }

    private void struct(ObjectNode node, StructType type) {
        out.append('{');
        int count = 0;
        for (Field field : type.fields()) {
            JsonNode value = node.get(field.name());
            if (value != null) {
                comma(count++);
                name(field.name());
                write(value, field, field.struct());
            }
        }
        if (unknownToo && count < node.size()) {
            for (String key : sortedKeys(node)) {
                if (type.field(key) == null) {
                    comma(count++);
                    name(key);
                    write(node.path(key), null, null);
                }
            }
        }
        out.append('}');
    }

    private void sortedObject(ObjectNode node, @Nullable Field field) {
        out.append('{');
        int count = 0;
        for (String key : sortedKeys(node)) {
            comma(count++);
            name(key);
            write(node.path(key), null, field == null ? null : field.struct());
        }
        out.append('}');
    }

    private static List<String> sortedKeys(ObjectNode node) {
        List<String> keys = new ArrayList<>(node.size());
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            keys.add(entry.getKey());
        }
        keys.sort(GoJsonText.BY_BYTES);
        return keys;
    }

    private void comma(int count) {
        if (count > 0) {
            out.append(',');
        }
    }

    private void name(String name) {
        GoJsonText.quote(name, out);
        out.append(':');
    }

    private static String number(JsonNode node) {
        if (node.isIntegralNumber()) {
            return node.asString();
        }
        double value = node.doubleValue();
        double size = Math.abs(value);
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        if (value == 0) {
            return Double.compare(value, 0) < 0 ? "-0" : "0";
        }
        return size >= 1e-6 && size < 1e21 ? digits.toPlainString() : GoJsonText.exponential(digits);
    }
}
