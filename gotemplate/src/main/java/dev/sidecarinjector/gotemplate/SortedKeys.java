package dev.sidecarinjector.gotemplate;

import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The keys of a map in the order in which Go prints them and ranges over them. */
final class SortedKeys {
    private static final Object[] NONE = {};

    private SortedKeys() {}

    static Object[] of(Map<?, ?> map) {
        if (map.isEmpty()) {
            return NONE;
        }
        Object[] keys = map.keySet().toArray();
        if (keys.length > 1) {
            Arrays.sort(keys, SortedKeys::compare);
        }
        return keys;
    }

    private static int compare(@Nullable Object a, @Nullable Object b) {
        if (a instanceof String x && b instanceof String y) {
            return Utf8.compare(x, y);
        }
        if (a instanceof Number x && b instanceof Number y) {
            return Double.compare(x.doubleValue(), y.doubleValue());
        }
        return Utf8.compare(String.valueOf(a), String.valueOf(b));
    }
}
