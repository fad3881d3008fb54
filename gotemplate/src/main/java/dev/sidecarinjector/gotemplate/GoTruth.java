package dev.sidecarinjector.gotemplate;

import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What counts as true in a template: everything but the zero value of its type. */
public final class GoTruth {
    private GoTruth() {}

    public static boolean isTrue(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean b -> b;
            case CharSequence text -> !text.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            case Collection<?> list -> !list.isEmpty();
            case Integer i -> i != 0;
            case Long l -> l != 0;
            case Double d -> d != 0;
            case GoStruct struct -> struct.isTrue();
            default -> true;
        };
    }
}
