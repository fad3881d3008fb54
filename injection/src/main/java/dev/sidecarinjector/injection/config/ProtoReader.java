package dev.sidecarinjector.injection.config;

import dev.sidecarinjector.injection.config.ProtoField.Kind;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Brings a tree into the canonical form of a protobuf message (spec section 3.2): names in lowerCamel and in the order of declaration, enums by
 * name, durations as {@code 7s}, no zero scalars, no nulls, no unknown fields.
 */
final class ProtoReader {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private final List<String> unknown;

    /** @param unknown collects the paths of fields that no table knows */
    ProtoReader(List<String> unknown) {
        this.unknown = unknown;
    }

    /**
     * Reads a message.
     *
     * @param zeros whether scalars of value zero, empty lists and empty maps are kept on this level, as they stand in the text
     * @throws ConfigurationException with the path of the field, what was expected and what was found
     */
    ObjectNode message(JsonNode node, ProtoType type, String path, boolean zeros) {
        if (!(node instanceof ObjectNode object)) {
            throw mismatch(path.isEmpty() ? type.name() : path, "fields (name: value)", node);
        }
        ObjectNode out = NODES.objectNode();
        for (ProtoField field : type.fields()) {
            JsonNode value = find(object, type, field);
            if (value == null || value.isNull()) {
                continue;
            }
            JsonNode read = value(value, field, join(path, field.name()));
            if (zeros || field.hasPresence() || !isZero(read)) {
                dropRivals(out, type, field);
                out.set(field.name(), read);
            }
        }
        rest(object, type, path, out);
        return out;
    }

    private static @Nullable JsonNode find(ObjectNode object, ProtoType type, ProtoField field) {
        JsonNode exact = object.get(field.name());
        if (exact != null) {
            return exact;
        }
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (entry.getKey().indexOf('_') >= 0 && field.equals(type.field(entry.getKey()))) {
                return entry.getValue();
            }
        }
        return null;
    }

    private void rest(ObjectNode object, ProtoType type, String path, ObjectNode out) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            if (type.field(entry.getKey()) == null) {
                if (type.open() && !entry.getValue().isNull()) {
                    out.set(entry.getKey(), entry.getValue());
                } else {
                    unknown.add(join(path, entry.getKey()));
                }
            }
        }
    }

    /** Of a oneof only the field that was read last stays. */
    static void dropRivals(ObjectNode out, ProtoType type, ProtoField field) {
        if (field.oneof() != null) {
            for (ProtoField other : type.fields()) {
                if (field.oneof().equals(other.oneof()) && !other.equals(field)) {
                    out.remove(other.name());
                }
            }
        }
    }

    static boolean isZero(JsonNode value) {
        return switch (value.getNodeType()) {
            case STRING -> value.stringValue().isEmpty();
            case NUMBER -> value.doubleValue() == 0;
            case BOOLEAN -> !value.booleanValue();
            case ARRAY, OBJECT -> value.isEmpty();
            default -> true;
        };
    }

    private JsonNode value(JsonNode node, ProtoField field, String path) {
        return switch (field.shape()) {
            case SINGLE -> zeroEnum(single(node, field, path), field);
            case LIST -> list(node, field, path);
            case MAP -> map(node, field, path);
        };
    }

    /** An enum's value 0 counts as zero like any other scalar's. */
    private static JsonNode zeroEnum(JsonNode value, ProtoField field) {
        if (field.kind() == Kind.ENUM && field.oneof() == null && value.isString()) {
            Integer number = ProxySchema.enumeration(field.type()).number(value.stringValue());
            return number != null && number == 0 ? NODES.numberNode(0L) : value;
        }
        return value;
    }

    private JsonNode list(JsonNode node, ProtoField field, String path) {
        if (!node.isArray()) {
            throw mismatch(path, "a list", node);
        }
        ArrayNode out = NODES.arrayNode(node.size());
        for (int i = 0; i < node.size(); i++) {
            out.add(single(node.get(i), field, path + "[" + i + "]"));
        }
        return out;
    }

    private JsonNode map(JsonNode node, ProtoField field, String path) {
        if (!(node instanceof ObjectNode object)) {
            throw mismatch(path, "a map (name: value)", node);
        }
        Map<String, JsonNode> sorted = new TreeMap<>();
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            JsonNode value = entry.getValue();
            sorted.put(entry.getKey(), value.isNull() && field.kind() == Kind.STRING
                    ? NODES.stringNode("")
                    : single(value, field, join(path, entry.getKey())));
        }
        return NODES.objectNode().setAll(sorted);
    }

    private JsonNode single(JsonNode node, ProtoField field, String path) {
        return switch (field.kind()) {
            case STRING -> {
                if (!node.isString()) {
                    throw mismatch(path, "text" + (node.isNumber() || node.isBoolean() ? " (put the value in quotes)" : ""), node);
                }
                yield node;
            }
            case BOOL -> {
                if (!node.isBoolean()) {
                    throw mismatch(path, "true or false", node);
                }
                yield node;
            }
            case INT32 -> NODES.numberNode(integer(node, path, Integer.MIN_VALUE, Integer.MAX_VALUE));
            case UINT32 -> NODES.numberNode(integer(node, path, 0, 0xFFFFFFFFL));
            case INT64 -> NODES.stringNode(Long.toString(integer(node, path, Long.MIN_VALUE, Long.MAX_VALUE)));
            case DOUBLE -> NODES.numberNode(number(node, path).doubleValue());
            case DURATION -> duration(node, path);
            case ENUM -> enumeration(node, ProxySchema.enumeration(field.type()), path);
            case MESSAGE -> message(node, ProxySchema.type(field.type()), path, false);
            case ANY -> node;
        };
    }

    private static JsonNode duration(JsonNode node, String path) {
        ProtoDuration duration = node.isString() ? ProtoDuration.parse(node.stringValue()) : null;
        if (duration == null) {
            throw mismatch(path, "a duration such as 45s or 1m30s", node);
        }
        return NODES.stringNode(duration.json());
    }

    private static JsonNode enumeration(JsonNode node, ProtoEnum type, String path) {
        if (node.isString() && type.number(node.stringValue()) != null) {
            return node;
        }
        if (!node.isNumber()) {
            throw mismatch(path, "one of " + type.names(), node);
        }
        long number = integer(node, path, Integer.MIN_VALUE, Integer.MAX_VALUE);
        String name = type.nameOf(number);
        return name == null ? NODES.numberNode(number) : NODES.stringNode(name);
    }

    private static long integer(JsonNode node, String path, long min, long max) {
        BigDecimal value = number(node, path);
        if (value.stripTrailingZeros().scale() > 0 || value.compareTo(BigDecimal.valueOf(min)) < 0
                || value.compareTo(BigDecimal.valueOf(max)) > 0) {
            throw mismatch(path, "a whole number from " + min + " to " + max, node);
        }
        return value.longValue();
    }

    /** Numbers may stand in quotes, as protobuf's JSON allows. */
    private static BigDecimal number(JsonNode node, String path) {
        try {
            BigDecimal value = node.isString() ? new BigDecimal(node.stringValue()) : node.isNumber() ? node.decimalValue() : null;
            if (value != null && Math.abs((long) value.scale()) < 400) {
                return value;
            }
        } catch (RuntimeException _) {
            // Not a number: the message below says so.
        }
        throw mismatch(path, "a number", node);
    }

    private static ConfigurationException mismatch(String path, String expected, JsonNode found) {
        String text = found.toString();
        return new ConfigurationException(path + ": expected " + expected + ", found "
                + (text.length() > 60 ? text.substring(0, 60) + "…" : text));
    }

    private static String join(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
