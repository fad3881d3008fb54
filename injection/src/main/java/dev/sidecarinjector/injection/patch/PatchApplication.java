package dev.sidecarinjector.injection.patch;

import dev.sidecarinjector.injection.patch.JsonPatch.Op;
import dev.sidecarinjector.injection.patch.JsonPatch.Operation;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Applies one operation to a tree, in place. */
final class PatchApplication {
    private PatchApplication() {}

    static JsonNode apply(JsonNode root, Operation operation) {
        String path = operation.path();
        JsonNode value = operation.value();
        JsonNode fresh = value == null ? root : value.deepCopy();
        if (path.isEmpty()) {
            return fresh;
        }
        JsonNode parent = root;
        int start = 1;
        for (int end = path.indexOf('/', start); end >= 0; end = path.indexOf('/', start)) {
            parent = child(parent, path.substring(start, end), operation);
            start = end + 1;
        }
        String key = path.substring(start);
        if (parent instanceof ObjectNode object) {
            change(object, unescape(key), fresh, operation);
        } else if (parent instanceof ArrayNode list) {
            change(list, key, fresh, operation);
        } else {
            throw missing(operation);
        }
        return root;
    }

    private static void change(ObjectNode object, String key, JsonNode value, Operation operation) {
        if (operation.op() != Op.ADD && !object.has(key)) {
            throw missing(operation);
        }
        if (operation.op() == Op.REMOVE) {
            object.remove(key);
        } else {
            object.set(key, value);
        }
    }

    private static void change(ArrayNode list, String key, JsonNode value, Operation operation) {
        int index = key.equals("-") ? list.size() : index(key, operation);
        if (index > list.size() || (index == list.size() && operation.op() != Op.ADD)) {
            throw missing(operation);
        }
        switch (operation.op()) {
            case ADD -> list.insert(index, value);
            case REMOVE -> list.remove(index);
            case REPLACE -> list.set(index, value);
        }
    }

    private static JsonNode child(JsonNode parent, String step, Operation operation) {
        JsonNode child = parent.isArray() ? parent.get(index(step, operation)) : parent.get(unescape(step));
        if (child == null) {
            throw missing(operation);
        }
        return child;
    }

    private static int index(String step, Operation operation) {
        try {
            return Integer.parseUnsignedInt(step);
        } catch (NumberFormatException _) {
            throw missing(operation);
        }
    }

    private static String unescape(String step) {
        return step.indexOf('~') < 0 ? step : step.replace("~1", "/").replace("~0", "~");
    }

    private static IllegalArgumentException missing(Operation operation) {
        return new IllegalArgumentException("JSON patch: cannot " + operation.op().text() + " " + operation.path() + ": no such place");
    }
}
