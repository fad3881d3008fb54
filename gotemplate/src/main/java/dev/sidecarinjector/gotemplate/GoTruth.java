package dev.sidecarinjector.gotemplate;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What counts as true in a template: everything but the zero value of its type. */
public final class GoTruth {
    private GoTruth() {}

    // Not a pattern switch: linking the first one of a process takes ten milliseconds, with an AOT cache too.
    public static boolean isTrue(@Nullable Object value) {
        if (value instanceof Boolean b) {
            return b;
        }
        if (value == null) {
            return false;
        }
        if (value instanceof CharSequence text) {
            return !text.isEmpty();
        }
        if (value instanceof Map<?, ?> map) {
            return !map.isEmpty();
        }
        if (value instanceof Collection<?> list) {
            return !list.isEmpty();
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        return !(value instanceof GoStruct struct) || struct.isTrue();
    }
}
