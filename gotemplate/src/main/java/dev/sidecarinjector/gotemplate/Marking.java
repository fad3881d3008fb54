package dev.sidecarinjector.gotemplate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives the texts that a function made out of input values their origin. */
final class Marking {
    private final Origin origin;
    private final boolean encoded;

    private Marking(Origin origin, boolean encoded) {
        this.origin = origin;
        this.encoded = encoded;
    }

    /**
     * Calls the function; plain texts in its result get the origin of what it has looked into, texts with an origin keep theirs.
     *
     * @throws FunctionFailure also for a bug in the function, as Go turns its panic into an error of the template
     */
    static @Nullable Object call(Function function, Call call) {
        Object result;
        try {
            result = function.call(call);
        } catch (FunctionFailure | TemplateException failure) {
            throw failure;
        } catch (RuntimeException failure) {
            throw new FunctionFailure(failure.toString());
        }
        Origin origin = call.origin();
        return origin == null ? result : new Marking(origin, call.encoded()).mark(result);
    }

    private @Nullable Object mark(@Nullable Object value) {
        if (value instanceof String text) {
            return new OriginText(text, origin, encoded);
        }
        if (value instanceof GoSlice slice) {
            return slice.isNil() ? slice : new GoSlice(slice.goType(), markAll(slice));
        }
        if (value instanceof List<?> list) {
            return markAll(list);
        }
        return value instanceof Map<?, ?> map ? markEntries(map) : value;
    }

    private List<@Nullable Object> markAll(List<?> list) {
        List<@Nullable Object> marked = new ArrayList<>(list.size());
        for (Object element : list) {
            marked.add(mark(element));
        }
        return marked;
    }

    private Map<String, @Nullable Object> markEntries(Map<?, ?> map) {
        Origin keys = map instanceof OriginMap source ? Origin.join(source.origin(), origin) : origin;
        MarkedMap marked = map instanceof StringMap ? new MarkedStringMap(keys) : new MarkedMap(keys);
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            marked.put(String.valueOf(entry.getKey()), mark(entry.getValue()));
        }
        return marked;
    }

    /** A map that a function made out of input values: its keys are theirs too. */
    private static class MarkedMap extends LinkedHashMap<String, @Nullable Object> implements OriginMap {
        private static final long serialVersionUID = 1L;
        private final transient @Nullable Origin keys;

        MarkedMap(@Nullable Origin keys) {
            this.keys = keys;
        }

        @Override
        public @Nullable Origin origin() {
            return keys;
        }
    }

    private static final class MarkedStringMap extends MarkedMap implements StringMap {
        private static final long serialVersionUID = 1L;

        MarkedStringMap(@Nullable Origin keys) {
            super(keys);
        }
    }
}
