package dev.sidecarinjector.injection.patch;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The difference between two trees as RFC 6902 operations; only add, remove and replace are used. */
public record JsonPatch(List<Operation> operations) {
    /** One operation; value is null for a removal. */
    public record Operation(Op op, String path, @Nullable JsonNode value) {}

    /** What an operation does. */
    public enum Op {
        ADD, REMOVE, REPLACE
    }

    /** The operations that make after out of before; elements that did not change are not touched. */
    public static JsonPatch diff(JsonNode before, JsonNode after) {
        throw new UnsupportedOperationException();
    }

    /** Applies the patch to a copy. */
    public JsonNode apply(JsonNode target) {
        throw new UnsupportedOperationException();
    }

    /** The patch as JSON text in UTF-8. */
    public byte[] toBytes() {
        throw new UnsupportedOperationException();
    }
}
