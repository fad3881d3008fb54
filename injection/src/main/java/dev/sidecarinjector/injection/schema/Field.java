package dev.sidecarinjector.injection.schema;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One field of a Kubernetes struct.
 *
 * @param name     in JSON
 * @param goName   in Go
 * @param shape    of the value, or of each element
 * @param arity    whether there is one value, a list or a map
 * @param pointer  whether absence differs from zero
 * @param presence when it is left out of the JSON
 * @param merges   whether a patch merges the list with the live one instead of replacing it
 * @param mergeKey the field that tells the elements of such a list apart; null: a set of scalars
 * @param typeName of the struct, empty for other shapes
 */
public record Field(String name, String goName, Shape shape, Arity arity, boolean pointer, Presence presence, boolean merges,
        @Nullable String mergeKey, String typeName) {
    /** What a value is. */
    public enum Shape {
        STRING, BOOL, INT32, INT64, INT_OR_STRING, QUANTITY, TIME, RAW, STRUCT
    }

    /** How many values there are. */
    public enum Arity {
        ONE, LIST, MAP
    }

    /** Go's {@code omitempty} drops zero scalars, nil pointers, empty lists and maps, but never a struct; {@code omitzero} drops a zero struct too. */
    public enum Presence {
        OMIT_EMPTY, OMIT_ZERO, ALWAYS
    }

    /** Whether Go leaves the field out of the JSON when it has this value, which is not null: empty lists and maps, zero scalars. */
    public boolean omits(JsonNode value) {
        if (presence == Presence.ALWAYS) {
            return false;
        }
        if (arity != Arity.ONE) {
            return value.isContainer() && value.isEmpty();
        }
        return !pointer && switch (shape) {
            case STRING -> value.isString() && value.stringValue().isEmpty();
            case BOOL -> value.isBoolean() && !value.booleanValue();
            case INT32, INT64 -> value.isIntegralNumber() && value.asString().equals("0");
            case INT_OR_STRING, QUANTITY, TIME, RAW, STRUCT -> false;
        };
    }

    /** The struct type of the value or of the elements; null for other shapes. */
    public @Nullable StructType struct() {
        return shape == Shape.STRUCT ? Schema.type(typeName) : null;
    }
}
