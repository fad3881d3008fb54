package dev.sidecarinjector.injection.render;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.FunctionFailure;
import dev.sidecarinjector.gotemplate.Origin;
import dev.sidecarinjector.gotemplate.OriginMap;
import dev.sidecarinjector.gotemplate.StringMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Template functions over maps; results keep the origin of keys and values. */
final class MapFunctions {
    private MapFunctions() {}

    static boolean isset(Call call) {
        return call.argument(0) instanceof Map<?, ?> map && map.containsKey(call.string(1));
    }

    static Object omit(Call call) {
        TreeMap<String, @Nullable Object> kept = new TreeMap<>(strings(call.argument(0)));
        for (int i = 1; i < call.size(); i++) {
            kept.remove(call.string(i));
        }
        return text(kept, originOf(call.argument(0)));
    }

    static Object strdict(Call call) {
        TreeMap<String, @Nullable Object> map = new TreeMap<>();
        Origin keys = null;
        for (int i = 0; i < call.size(); i += 2) {
            if (call.argument(i) instanceof dev.sidecarinjector.gotemplate.OriginText key) {
                keys = Origin.join(keys, key.origin());
            }
            map.put(call.string(i), i + 1 < call.size() ? call.argument(i + 1) : "");
        }
        return text(map, keys);
    }

    static @Nullable Object mergeMaps(Call call) {
        if (call.size() == 0) {
            return null;
        }
        TreeMap<String, @Nullable Object> merged = new TreeMap<>();
        Origin keys = null;
        for (Object argument : call.arguments()) {
            merged.putAll(strings(argument));
            keys = Origin.join(keys, originOf(argument));
        }
        return text(merged, keys);
    }

    /** Removes nulls however deep; what became empty by that disappears too, what was empty before stays. */
    static @Nullable Object omitNil(Call call) {
        return withoutNulls(call.argument(0));
    }

    private static @Nullable Object withoutNulls(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                Map<String, @Nullable Object> kept = new LinkedHashMap<>();
                map.forEach((key, element) -> {
                    Object rest = withoutNulls(element);
                    if (rest != null) {
                        kept.put(String.valueOf(key), rest);
                    }
                });
                yield kept.isEmpty() && !map.isEmpty() ? null : kept.size() == map.size() && kept.equals(map) ? map : kept;
            }
            case List<?> list -> {
                List<@Nullable Object> kept = new ArrayList<>(list.size());
                for (Object element : list) {
                    Object rest = withoutNulls(element);
                    if (rest != null) {
                        kept.add(rest);
                    }
                }
                yield kept.isEmpty() && !list.isEmpty() ? null : kept;
            }
            case null -> null;
            default -> value;
        };
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> strings(@Nullable Object value) {
        return switch (value) {
            case null -> Map.of();
            case Map<?, ?> map -> (Map<String, @Nullable Object>) map;
            default ->
                throw new FunctionFailure("wrong type for value; expected map[string]string; got " + value.getClass().getSimpleName());
        };
    }

    private static @Nullable Origin originOf(@Nullable Object map) {
        return map instanceof OriginMap keys ? keys.origin() : null;
    }

    private static Object text(Map<String, @Nullable Object> map, @Nullable Origin keys) {
        return keys == null ? new Text(map) : new InputText(map, keys);
    }

    private static class Text extends LinkedHashMap<String, @Nullable Object> implements StringMap {
        private static final long serialVersionUID = 1L;

        Text(Map<String, @Nullable Object> map) {
            super(map);
        }
    }

    private static final class InputText extends Text implements OriginMap {
        private static final long serialVersionUID = 1L;
        private final transient Origin keys;

        InputText(Map<String, @Nullable Object> map, Origin keys) {
            super(map);
            this.keys = keys;
        }

        @Override
        public Origin origin() {
            return keys;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return super.equals(other);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }
}
