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
        ADD("add"), REMOVE("remove"), REPLACE("replace");

        private final String text;

        Op(String text) {
            this.text = text;
        }

        /** The operation's name in JSON. */
        public String text() {
            return text;
        }
    }

    /**
     * The operations that make after out of before, each path as it is after the earlier operations. Elements that did not change are not
     * touched, wherever in a list others come or go. The values are nodes of {@code after}, not copies.
     */
    public static JsonPatch diff(JsonNode before, JsonNode after) {
        Difference difference = new Difference();
        difference.compare(before, after);
        return new JsonPatch(difference.operations());
    }

    /**
     * Applies the patch to a copy.
     *
     * @throws IllegalArgumentException where a path does not exist
     */
    public JsonNode apply(JsonNode target) {
        JsonNode result = target.deepCopy();
        for (Operation operation : operations) {
            result = PatchApplication.apply(result, operation);
        }
        return result;
    }

    public boolean isEmpty() {
        return operations.isEmpty();
    }

    /** The patch as JSON text in UTF-8. */
    public byte[] toBytes() {
        return PatchWriter.write(operations);
    }
}
