package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.Function;
import dev.sidecarinjector.gotemplate.FunctionFailure;
import dev.sidecarinjector.gotemplate.GoFormat;
import dev.sidecarinjector.gotemplate.OriginMap;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Functions on maps with string keys. */
final class Dicts {
    private Dicts() {}

    static @Nullable Function find(String name) {
        return switch (name) {
            case "dict" -> Dicts::dict;
            case "get" -> Dicts::get;
            case "set" -> Dicts::set;
            case "unset" -> Dicts::unset;
            case "hasKey" -> Dicts::hasKey;
            case "pluck" -> Dicts::pluck;
            case "dig" -> Dicts::dig;
            case "keys" -> Dicts::keys;
            case "values" -> Dicts::values;
            case "pick" -> call -> selected(call, true);
            case "omit" -> call -> selected(call, false);
            case "merge", "mustMerge" -> call -> Merge.all(call, false);
            case "mergeOverwrite", "mustMergeOverwrite" -> call -> Merge.all(call, true);
            default -> null;
        };
    }

    private static Object dict(Call call) {
        Dict result = new Dict();
        for (int i = 0; i < call.size(); i += 2) {
            Object key = call.argument(i);
            Object value = i + 1 < call.size() ? call.argument(i + 1) : "";
            result.putFrom(key instanceof CharSequence text ? text : GoFormat.sprint(key), value);
        }
        return result;
    }

    private static @Nullable Object get(Call call) {
        Arguments.exactly(call, 2);
        Map<String, @Nullable Object> map = Arguments.map(call, 0);
        String key = key(call, 1);
        return map.containsKey(key) ? map.get(key) : "";
    }

    private static Object set(Call call) {
        Arguments.exactly(call, 3);
        Dict map = own(call);
        Arguments.text(call, 1);
        Object value = call.argument(2);
        if (holds(value, map)) {
            throw new FunctionFailure("set cannot put a map into itself");
        }
        if (call.argument(1) instanceof CharSequence key) {
            map.putFrom(key, value);
        }
        return map;
    }

    @SuppressWarnings("ReferenceEquality") // the very same map, not an equal one
    private static boolean holds(@Nullable Object value, Dict map) {
        return value == map || (value instanceof Dict other && other.values().stream().anyMatch(v -> holds(v, map)))
                || (value instanceof List<?> list && list.stream().anyMatch(v -> holds(v, map)));
    }

    private static Object unset(Call call) {
        Arguments.exactly(call, 2);
        Dict map = own(call);
        map.remove(key(call, 1));
        return map;
    }

    /** The first argument, which is about to be changed in place. */
    private static Dict own(Call call) {
        Map<String, @Nullable Object> map = Arguments.map(call, 0);
        if (map instanceof Dict dict) {
            return dict;
        }
        throw new FunctionFailure(call.name() + " cannot change a map that is input of the template; change a copy: " + call.name()
                + " (deepCopy $map) ...");
    }

    private static Object hasKey(Call call) {
        Arguments.exactly(call, 2);
        return Arguments.map(call, 0).containsKey(key(call, 1));
    }

    /** A key to look up: the result does not hold its text. */
    private static String key(Call call, int index) {
        Arguments.text(call, index);
        return String.valueOf(call.argument(index));
    }

    private static Object pluck(Call call) {
        Arguments.atLeast(call, 1);
        String key = key(call, 0);
        List<@Nullable Object> result = new ArrayList<>();
        for (int i = 1; i < call.size(); i++) {
            Map<String, @Nullable Object> map = Arguments.map(call, i);
            if (map.containsKey(key)) {
                result.add(map.get(key));
            }
        }
        return result;
    }

    private static @Nullable Object dig(Call call) {
        Arguments.atLeast(call, 3);
        int keys = call.size() - 2;
        for (int i = 0; i < keys; i++) {
            Arguments.text(call, i);
        }
        Object value = call.argument(keys + 1);
        for (int i = 0; i < keys; i++) {
            if (value == null) {
                throw Arguments.wrongType("map[string]interface {}", null);
            }
            Map<String, @Nullable Object> map = Arguments.map(value);
            String key = key(call, i);
            if (!map.containsKey(key)) {
                return call.argument(keys);
            }
            value = map.get(key);
        }
        return value;
    }

    /** Go gives the keys in a random order; here they are sorted. */
    private static Object keys(Call call) {
        List<String> result = new ArrayList<>();
        for (int i = 0; i < call.size(); i++) {
            Map<String, @Nullable Object> map = Arguments.map(call, i);
            if (map instanceof OriginMap marked) {
                call.touch(marked.origin());
            }
            result.addAll(GoText.sortedKeys(map));
        }
        return GoText.strings(result);
    }

    /** Go gives the values in a random order; here they are in the order of their keys. */
    private static Object values(Call call) {
        Arguments.exactly(call, 1);
        Map<String, @Nullable Object> map = Arguments.map(call, 0);
        List<@Nullable Object> result = new ArrayList<>();
        for (String key : GoText.sortedKeys(map)) {
            result.add(map.get(key));
        }
        return result;
    }

    private static Object selected(Call call, boolean wanted) {
        Arguments.atLeast(call, 1);
        Map<String, @Nullable Object> map = Arguments.map(call, 0);
        Set<String> keys = new HashSet<>();
        for (int i = 1; i < call.size(); i++) {
            keys.add(key(call, i));
        }
        Dict result = new Dict();
        result.touch(map);
        map.forEach((key, value) -> {
            if (keys.contains(key) == wanted) {
                result.put(key, value);
            }
        });
        return result;
    }
}
