package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.StringMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sprig's merging of maps (the Go library mergo): the first map takes over what it does not have, or has empty, from the others; with
 * overwriting it takes over everything. Maps are merged key by key, lists taken whole.
 */
final class Merge {
    private Merge() {}

    /**
     * Merges all arguments into the first. A map that the template has made is changed in place, as in Go; input of the template stays as it
     * is and a merged copy is returned.
     */
    static Object all(Call call, boolean overwrite) {
        Arguments.atLeast(call, 1);
        Map<String, @Nullable Object> first = Arguments.map(call, 0);
        Dict target = first instanceof Dict own ? own : new Dict(first);
        for (int i = 1; i < call.size(); i++) {
            into(target, Arguments.map(call, i), overwrite);
        }
        return target;
    }

    private static void into(Dict target, Map<?, ?> source, boolean overwrite) {
        target.touch(source);
        source.forEach((name, value) -> {
            String key = String.valueOf(name);
            Object old = target.get(key);
            if (value instanceof Map<?, ?> map && isGeneric(old)) {
                Dict merged = old instanceof Dict own ? own : new Dict(Arguments.map(old));
                into(merged, map, overwrite);
                target.put(key, merged);
            } else if (replaces(value, old, overwrite)) {
                target.put(key, value);
            }
        });
    }

    private static boolean isGeneric(@Nullable Object map) {
        return map instanceof Map<?, ?> && !(map instanceof StringMap);
    }

    private static boolean replaces(@Nullable Object value, @Nullable Object old, boolean overwrite) {
        if (value == null) {
            return overwrite;
        }
        boolean unset = Defaults.isEmpty(old);
        if (value instanceof List<?> && !unset) {
            return overwrite;
        }
        return overwrite || unset;
    }
}
