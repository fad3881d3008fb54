package dev.sidecarinjector.injection.schema;

import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Checks a tree against the types of its fields, in one pass; nulls, unknown fields and holes (POJO nodes) are left alone. What a mode changes, it
 * changes in place.
 */
enum Typing {
    /** Checks only. */
    CHECK,
    /** Checks, and brings quantities to their canonical form. */
    CANONICAL,
    /** Makes strings of other scalars where the field is a string, as a typed reader of YAML does; checks the rest. */
    COERCE;

    /** Goes through an object of a type. */
    void object(ObjectNode object, StructType type) {
        for (Map.Entry<String, JsonNode> entry : object.properties()) {
            Field field = type.field(entry.getKey());
            JsonNode value = entry.getValue();
            if (field == null || value.isNull() || value.isPojo()) {
                continue;
            }
            try {
                JsonNode typed = value(value, field);
                if (!typed.equals(value)) {
                    entry.setValue(typed);
                }
            } catch (TypeProblem problem) {
                throw problem.under(entry.getKey());
            }
        }
    }

    /** The value of a field: one, or all of its list or map. */
    JsonNode value(JsonNode value, Field field) {
        return switch (field.arity()) {
            case ONE -> one(value, field);
            case LIST -> list(value, field);
            case MAP -> map(value, field);
        };
    }

    private JsonNode list(JsonNode value, Field field) {
        if (!(value instanceof ArrayNode list)) {
            throw wrong("a list", value);
        }
        for (int i = 0; i < list.size(); i++) {
            JsonNode element = list.get(i);
            if (element.isNull() || element.isPojo()) {
                continue;
            }
            try {
                JsonNode typed = one(element, field);
                if (!typed.equals(element)) {
                    list.set(i, typed);
                }
            } catch (TypeProblem problem) {
                throw problem.under("[" + i + "]");
            }
        }
        return list;
    }

    private JsonNode map(JsonNode value, Field field) {
        if (!(value instanceof ObjectNode map)) {
            throw wrong("a map", value);
        }
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            JsonNode element = entry.getValue();
            if (element.isNull() || element.isPojo()) {
                continue;
            }
            try {
                JsonNode typed = one(element, field);
                if (!typed.equals(element)) {
                    entry.setValue(typed);
                }
            } catch (TypeProblem problem) {
                throw problem.under("[" + entry.getKey() + "]");
            }
        }
        return map;
    }

    /** A value that stands alone, in a list or in a map. */
    JsonNode one(JsonNode value, Field field) {
        return switch (field.shape()) {
            case STRING, TIME -> string(value);
            case BOOL -> require(value.isBoolean(), "true or false", value);
            case INT32 -> require(value.isIntegralNumber() && value.canConvertToInt(), "a whole number of 32 bits", value);
            case INT64 -> require(value.isIntegralNumber() && value.canConvertToLong(), "a whole number", value);
            case INT_OR_STRING ->
                require(value.isString() || (value.isIntegralNumber() && value.canConvertToInt()), "a whole number or a string", value);
            case QUANTITY -> quantity(value);
            case RAW -> value;
            case STRUCT -> {
                if (!(value instanceof ObjectNode object)) {
                    throw wrong("an object", value);
                }
                StructType type = field.struct();
                if (type != null) {
                    object(object, type);
                }
                yield object;
            }
        };
    }

    private JsonNode string(JsonNode value) {
        if (value.isString()) {
            return value;
        }
        if (this == COERCE && value.isValueNode()) {
            return StringNode.valueOf(Scalars.text(value));
        }
        throw wrong("a string", value);
    }

    private JsonNode quantity(JsonNode value) {
        Quantity quantity = value.isString() || value.isNumber() ? Quantity.parse(value.asString().strip()) : null;
        if (quantity == null) {
            throw wrong("a quantity such as 500m or 1Gi", value);
        }
        return this == CANONICAL ? StringNode.valueOf(quantity.canonical()) : value;
    }

    private static JsonNode require(boolean fits, String expected, JsonNode value) {
        if (!fits) {
            throw wrong(expected, value);
        }
        return value;
    }

    private static TypeProblem wrong(String expected, JsonNode value) {
        String found = switch (value.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            case STRING -> "the string " + value;
            default -> value.toString();
        };
        boolean needsQuotes = expected.equals("a string") && value.isValueNode();
        return new TypeProblem("must be " + expected + ", but is " + found + (needsQuotes ? "; put it in quotes" : "; correct it"));
    }
}
