package dev.sidecarinjector.injection.cel;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.BooleanNode;

/** What an expression gives. */
public sealed interface Value {
    /** A value that is known. */
    record Known(JsonNode node) implements Value {}

    /** An error, as an API server would see it too: a missing field, say. */
    record Failed(String reason) implements Value {}

    /** What cannot be said from here, and why. */
    record Unknown(String reason) implements Value {}

    static Value of(boolean value) {
        return new Known(BooleanNode.valueOf(value));
    }

    static Value unknown(String reason) {
        return new Unknown(reason);
    }

    /** Whether it is this boolean. */
    default boolean is(boolean value) {
        return this instanceof Known known && known.node.isBoolean() && known.node.booleanValue() == value;
    }
}
