package dev.sidecarinjector.injection.patch;

import dev.sidecarinjector.injection.patch.JsonPatch.Op;
import dev.sidecarinjector.injection.patch.JsonPatch.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Walks two trees at once and notes what makes the second out of the first. */
final class Difference {
    private final List<Operation> operations = new ArrayList<>();
    private final StringBuilder path = new StringBuilder(64);

    List<Operation> operations() {
        return operations;
    }

    void compare(JsonNode before, JsonNode after) {
        if (Sameness.shared(before, after)) {
            return;
        }
        if (before instanceof ObjectNode a && after instanceof ObjectNode b) {
            compareObjects(a, b);
        } else if (before instanceof ArrayNode a && after instanceof ArrayNode b) {
            compareLists(a, b);
        } else if (!Sameness.same(before, after)) {
            note(Op.REPLACE, after);
        }
    }

    private void compareObjects(ObjectNode before, ObjectNode after) {
        int found = 0;
        for (Map.Entry<String, JsonNode> entry : after.properties()) {
            JsonNode old = before.get(entry.getKey());
            int length = enter(entry.getKey());
            if (old == null) {
                note(Op.ADD, entry.getValue());
            } else {
                found++;
                compare(old, entry.getValue());
            }
            path.setLength(length);
        }
        if (found < before.size()) {
            removeMissing(before, after);
        }
    }

    private void removeMissing(ObjectNode before, ObjectNode after) {
        for (Map.Entry<String, JsonNode> entry : before.properties()) {
            if (!after.has(entry.getKey())) {
                int length = enter(entry.getKey());
                note(Op.REMOVE, null);
                path.setLength(length);
            }
        }
    }

    private void compareLists(ArrayNode before, ArrayNode after) {
        int[] partners = Alignment.partners(before, after);
        int position = 0;
        int next = 0;
        int staying = 0;
        for (int i = 0; i < before.size(); i++) {
            staying = Math.max(staying, i);
            while (staying < partners.length && partners[staying] == Alignment.GONE) {
                staying++;
            }
            int limit = staying < partners.length ? partners[staying] : after.size();
            if (partners[i] != Alignment.GONE) {
                while (next < limit) {
                    at(position++, Op.ADD, after.get(next++));
                }
                int length = enter(position++);
                compare(before.get(i), after.get(next++));
                path.setLength(length);
            } else if (next < limit) {
                exchange(before.get(i), after.get(next++), position++);
            } else {
                at(position, Op.REMOVE, null);
            }
        }
        while (next < after.size()) {
            at(position++, Op.ADD, after.get(next++));
        }
    }

    /** An element that has gone, at whose place stands a new one. */
    private void exchange(JsonNode old, JsonNode fresh, int position) {
        int length = enter(position);
        if (Alignment.hasName(old) || Alignment.hasName(fresh)) {
            note(Op.REPLACE, fresh);
        } else {
            compare(old, fresh);
        }
        path.setLength(length);
    }

    private void at(int position, Op op, @Nullable JsonNode value) {
        int length = enter(position);
        note(op, value);
        path.setLength(length);
    }

    private void note(Op op, @Nullable JsonNode value) {
        operations.add(new Operation(op, path.toString(), value));
    }

    private int enter(int index) {
        int length = path.length();
        path.append('/').append(index);
        return length;
    }

    /** Appends one step, escaped as RFC 6901 wants it. */
    private int enter(String key) {
        int length = path.length();
        path.append('/');
        if (key.indexOf('~') < 0 && key.indexOf('/') < 0) {
            path.append(key);
        } else {
            path.append(key.replace("~", "~0").replace("/", "~1"));
        }
        return length;
    }
}
