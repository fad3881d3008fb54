package dev.sidecarinjector.injection.schema;

import dev.sidecarinjector.injection.schema.Field.Arity;
import dev.sidecarinjector.injection.schema.Field.Presence;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.IntNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * Gives a tree the fields that Go prints of a typed object (spec 10.5): empty optional ones go, structs and required fields are always there,
 * quantities and times are canonical. Unknown fields stay as they are.
 */
final class Printable {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Printable() {}

    /** Fills a struct, or each element of a list of structs. */
    static void fill(JsonNode node, StructType type) {
        if (node instanceof ObjectNode object) {
            fillStruct(object, type);
        } else if (node instanceof ArrayNode list) {
            for (JsonNode element : list) {
                fill(element, type);
            }
        }
    }

    private static void fillStruct(ObjectNode object, StructType type) {
        for (Field field : type.fields()) {
            JsonNode old = object.get(field.name());
            JsonNode printed = old == null || old.isNull() ? absent(field) : present(old, field);
            if (printed == null) {
                object.remove(field.name());
            } else if (!printed.equals(old)) {
                object.set(field.name(), printed);
            }
        }
    }

    /** What is printed for a field that is not set; null for nothing. */
    private static @Nullable JsonNode absent(Field field) {
        if (field.pointer() || field.arity() != Arity.ONE) {
            return field.presence() == Presence.ALWAYS ? NullNode.getInstance() : null;
        }
        return switch (field.shape()) {
            case STRUCT, INT_OR_STRING, QUANTITY -> zero(field);
            case TIME, RAW -> field.presence() == Presence.OMIT_ZERO ? null : NullNode.getInstance();
            case STRING, BOOL, INT32, INT64 -> field.presence() == Presence.ALWAYS ? zero(field) : null;
        };
    }

    private static @Nullable JsonNode present(JsonNode value, Field field) {
        if (field.omits(value)) {
            return null;
        }
        return switch (field.arity()) {
            case LIST -> list(value, field);
            case MAP -> map(value, field);
            case ONE -> one(value, field);
        };
    }

    private static JsonNode list(JsonNode value, Field field) {
        if (value instanceof ArrayNode list) {
            for (int i = 0; i < list.size(); i++) {
                JsonNode old = list.get(i);
                JsonNode printed = old.isNull() ? zero(field) : one(old, field);
                if (!printed.equals(old)) {
                    list.set(i, printed);
                }
            }
        }
        return value;
    }

    private static JsonNode map(JsonNode value, Field field) {
        for (Map.Entry<String, JsonNode> entry : value.properties()) {
            JsonNode old = entry.getValue();
            JsonNode printed = old.isNull() ? zero(field) : one(old, field);
            if (!printed.equals(old)) {
                entry.setValue(printed);
            }
        }
        return value;
    }

    private static JsonNode one(JsonNode value, Field field) {
        return switch (field.shape()) {
            case STRUCT -> {
                fill(value, Schema.type(field.typeName()));
                yield value;
            }
            case QUANTITY -> quantity(value);
            case TIME -> value.isString() ? StringNode.valueOf(Scalars.time(value.stringValue())) : value;
            case STRING, BOOL, INT32, INT64, INT_OR_STRING, RAW -> value;
        };
    }

    private static JsonNode quantity(JsonNode value) {
        String text = value.asString().strip();
        Quantity quantity = Quantity.parse(text);
        String canonical = quantity == null ? text : quantity.canonical();
        return value.isString() && canonical.equals(value.stringValue()) ? value : StringNode.valueOf(canonical);
    }

    private static JsonNode zero(Field field) {
        return switch (field.shape()) {
            case STRING -> StringNode.valueOf("");
            case BOOL -> BooleanNode.FALSE;
            case INT32, INT64, INT_OR_STRING -> IntNode.valueOf(0);
            case QUANTITY -> StringNode.valueOf("0");
            case TIME, RAW -> NullNode.getInstance();
            case STRUCT -> {
                ObjectNode struct = NODES.objectNode();
                fillStruct(struct, Schema.type(field.typeName()));
                yield struct;
            }
        };
    }
}
