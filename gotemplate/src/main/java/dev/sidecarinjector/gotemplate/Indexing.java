package dev.sidecarinjector.gotemplate;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Go's {@code index} and {@code slice}; strings are indexed by their bytes. */
final class Indexing {
    private Indexing() {}

    /** {@code index x 1 "k"}: the first value indexed by the others, one after the other. */
    static @Nullable Object index(@Nullable Object[] values) {
        Object item = values[0];
        if (item == null) {
            throw new FunctionFailure("index of untyped nil");
        }
        for (int i = 1; i < values.length; i++) {
            item = element(item, values[i]);
        }
        return item;
    }

    private static @Nullable Object element(@Nullable Object item, @Nullable Object index) {
        if (item instanceof Map<?, ?> map) {
            return entry(map, index);
        }
        if (item instanceof List<?> list) {
            return list.get(position(index, list.size() - 1));
        }
        if (item instanceof CharSequence text) {
            return byteAt(text.toString(), index);
        }
        throw new FunctionFailure(item == null ? "index of nil pointer" : "can't index item of type " + GoTypes.name(item));
    }

    private static @Nullable Object entry(Map<?, ?> map, @Nullable Object key) {
        if (key == null) {
            throw new FunctionFailure("value is nil; should be of type string");
        }
        if (!(key instanceof CharSequence)) {
            throw new FunctionFailure("value has type " + GoTypes.name(key) + "; should be string");
        }
        Object value = map.get(key.toString());
        return value == null && map instanceof StringMap ? "" : value;
    }

    private static Object byteAt(String text, @Nullable Object index) {
        byte[] bytes = Utf8.bytes(text);
        return bytes[position(index, bytes.length - 1)] & 0xFF;
    }

    private static int position(@Nullable Object index, int most) {
        if (!(index instanceof Integer) && !(index instanceof Long)) {
            throw new FunctionFailure("cannot index slice/array with " + (index == null ? "nil" : "type " + GoTypes.name(index)));
        }
        long position = ((Number) index).longValue();
        if (position < 0 || position > most) {
            throw new FunctionFailure("index out of range: " + position);
        }
        return (int) position;
    }

    /** {@code slice x 1 2}: a part of a list or a string; a part of an input text is an input text. */
    static Object slice(@Nullable Object[] values) {
        Object item = values[0];
        if (values.length > 4) {
            throw new FunctionFailure("too many slice indexes: " + (values.length - 1));
        }
        if (item instanceof OriginText text) {
            return new OriginText(sliceText(text.text(), values), text.origin());
        }
        if (item instanceof CharSequence text) {
            return sliceText(text.toString(), values);
        }
        if (item instanceof List<?> list) {
            return sliceList(list, values);
        }
        throw new FunctionFailure(item == null ? "slice of untyped nil" : "can't slice item of type " + GoTypes.name(item));
    }

    private static String sliceText(String text, @Nullable Object[] values) {
        if (values.length == 4) {
            throw new FunctionFailure("cannot 3-index slice a string");
        }
        int length = Utf8.length(text);
        int[] range = range(values, length);
        return length == text.length() ? text.substring(range[0], range[1]) : Utf8.text(Utf8.bytes(text), range[0], range[1]);
    }

    private static List<?> sliceList(List<?> list, @Nullable Object[] values) {
        int[] range = range(values, list.size());
        List<?> part = list.subList(range[0], range[1]);
        return list instanceof GoSlice slice ? new GoSlice(slice.goType(), part) : part;
    }

    private static int[] range(@Nullable Object[] values, int length) {
        int[] range = {0, length, length};
        for (int i = 1; i < values.length; i++) {
            range[i - 1] = position(values[i], length);
        }
        if (range[0] > range[1]) {
            throw new FunctionFailure("invalid slice index: " + range[0] + " > " + range[1]);
        }
        if (range[1] > range[2]) {
            throw new FunctionFailure("invalid slice index: " + range[1] + " > " + range[2]);
        }
        return range;
    }
}
