package dev.sidecarinjector.gotemplate;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The values and functions with which src/test/oracle/oracle.go made the tables. */
final class GoValues {
    static final Map<String, Function> FUNCTIONS = Map.of(
            "fail", GoValues::fail,
            "upper", GoValues::upper,
            "list", call -> call.arguments(),
            "same", call -> call.argument(0),
            "slice", GoValues::slice);

    private GoValues() {}

    static Map<String, @Nullable Object> all() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("str", "hello");
        values.put("empty", "");
        values.put("int", 42);
        values.put("long", 7L);
        values.put("zero", 0);
        values.put("neg", -3);
        values.put("float", 1.5);
        values.put("big", 1000000.0);
        values.put("port", 15020.0);
        values.put("fzero", 0.0);
        values.put("yes", true);
        values.put("no", false);
        values.put("nul", null);
        values.put("list", List.of("a", "b", "c"));
        values.put("nums", List.of(1, 2.5, 3L));
        values.put("elist", List.of());
        values.put("nested", List.of(List.of(1, 2), List.of("x")));
        values.put("mixed", Arrays.asList("x", null, 1, true, Map.of("k", "v")));
        Map<String, @Nullable Object> map = new HashMap<>(Map.of("b", 2, "a", 1));
        map.put("c", null);
        values.put("map", map);
        values.put("emap", Map.of());
        values.put("deep", Map.of("a", Map.of("b", Map.of("c", "deep"))));
        values.put("labels", new Labels(Map.of("app", "web", "x", "")));
        values.put("strs", new GoSlice("[]string", List.of("p", "q")));
        values.put("uni", "h\u00e9llo \u2713 \ud834\udd1e");
        values.put("special", "say \"hi\"\n\t<b>&'x=\\`\u2028\u00ad\u0001");
        values.put("bytes", "a\udcffb\udcc3");
        values.put("maxint", Long.MAX_VALUE);
        values.put("minint", Long.MIN_VALUE);
        return values;
    }

    /** The data of the table of templates. */
    static Map<String, @Nullable Object> data() {
        Map<String, @Nullable Object> data = all();
        data.put("shout", (Function) call -> call.string(0) + "!");
        return data;
    }

    private static Object fail(Call call) {
        if (call.size() > 0) {
            throw new FunctionFailure("wrong number of args for fail: want 0 got " + call.size());
        }
        throw new FunctionFailure("as asked");
    }

    private static Object upper(Call call) {
        if (call.size() != 1) {
            throw new FunctionFailure("wrong number of args for upper: want 1 got " + call.size());
        }
        return call.string(0).toUpperCase(Locale.ROOT);
    }

    /** Go's own, which Sprig replaces. */
    private static @Nullable Object slice(Call call) {
        String wrongCount = Builtin.SLICE.checkCount(call.size());
        if (wrongCount != null) {
            throw new FunctionFailure(wrongCount);
        }
        return Builtin.SLICE.apply(call.arguments().toArray());
    }

    private static final class Labels extends HashMap<String, @Nullable Object> implements StringMap {
        private static final long serialVersionUID = 1L;

        Labels(Map<String, String> labels) {
            super(labels);
        }
    }
}
