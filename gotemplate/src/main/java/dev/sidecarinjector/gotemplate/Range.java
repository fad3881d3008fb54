package dev.sidecarinjector.gotemplate;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code range} over a list, a map in the order of its keys, or the integers below a number.
 *
 * @param key     slot of the first of two variables, or {@link #NONE}
 * @param element slot of the only or second variable, or {@link #NONE}
 */
record Range(At at, Expr over, int key, int element, Node body, Node otherwise) implements Node {
    static final int NONE = -1;

    @Override
    public Flow exec(Frame frame, @Nullable Object dot) {
        Object value = over.eval(frame, dot);
        boolean any = passes(frame, value);
        return any ? Flow.NEXT : otherwise.exec(frame, dot);
    }

    /** Goes through the value; false if there was nothing to go through. */
    private boolean passes(Frame frame, @Nullable Object value) {
        if (value instanceof List<?> list) {
            return list(frame, list);
        }
        if (value instanceof Map<?, ?> map) {
            return map(frame, map);
        }
        if (value instanceof Integer || value instanceof Long) {
            return integers(frame, ((Number) value).longValue(), value instanceof Long);
        }
        if (value == null) {
            return false;
        }
        throw at.failure("range can't iterate over " + GoFormat.sprint(value));
    }

    private boolean list(Frame frame, List<?> list) {
        int index = 0;
        for (Object value : list) {
            if (!pass(frame, key == NONE ? null : (Object) index, value)) {
                break;
            }
            index++;
        }
        return !list.isEmpty();
    }

    private boolean map(Frame frame, Map<?, ?> map) {
        Origin origin = key != NONE && map instanceof OriginMap marked ? marked.origin() : null;
        for (Object name : SortedKeys.of(map)) {
            Object shown = origin != null && name instanceof String text ? new OriginText(text, origin) : name;
            if (!pass(frame, shown, map.get(name))) {
                break;
            }
        }
        return !map.isEmpty();
    }

    private boolean integers(Frame frame, long count, boolean asLong) {
        if (key != NONE) {
            throw at.failure("can't use " + count + " to iterate over more than one variable");
        }
        for (long i = 0; i < count; i++) {
            if (!pass(frame, null, asLong ? (Object) i : (Object) (int) i)) {
                break;
            }
        }
        return count > 0;
    }

    /** One pass through the body; false to end the loop. */
    private boolean pass(Frame frame, @Nullable Object name, @Nullable Object value) {
        if (!frame.run.iterate()) {
            throw at.failure("loops run more often than the limit of " + frame.run.limits.iterations() + " passes");
        }
        Object dot = NilElement.wrap(value);
        if (key != NONE) {
            frame.set(key, name);
        }
        if (element != NONE) {
            frame.set(element, dot);
        }
        return body.exec(frame, dot) != Flow.BREAK;
    }
}
