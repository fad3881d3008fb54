package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.FunctionFailure;
import dev.sidecarinjector.gotemplate.GoTypes;
import dev.sidecarinjector.gotemplate.StringMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The checks that Go's reflection makes before it calls a function: the number of the arguments and their types. */
final class Arguments {
    private Arguments() {}

    /** Fails unless there are exactly this many arguments. */
    static void exactly(Call call, int count) {
        if (call.size() != count) {
            throw new FunctionFailure("wrong number of args for " + call.name() + ": want " + count + " got " + call.size());
        }
    }

    /** Fails if there are fewer arguments. */
    static void atLeast(Call call, int count) {
        if (call.size() < count) {
            throw new FunctionFailure("wrong number of args for " + call.name() + ": want at least " + count + " got " + call.size());
        }
    }

    /** An argument of Go's type {@code int}; no other number type will do. */
    static int integer(Call call, int index) {
        Object value = call.argument(index);
        if (value instanceof Integer i) {
            return i;
        }
        throw wrongType("int", value);
    }

    static boolean bool(Call call, int index) {
        Object value = call.argument(index);
        if (value instanceof Boolean b) {
            return b;
        }
        throw wrongType("bool", value);
    }

    /** Fails unless the argument is a string; looks no further into it. */
    static void text(Call call, int index) {
        Object value = call.argument(index);
        if (!(value instanceof CharSequence)) {
            throw wrongType("string", value);
        }
    }

    /** An argument of Go's type {@code map[string]interface {}}; a nil map is an empty one. */
    static Map<String, @Nullable Object> map(Call call, int index) {
        return map(call.argument(index));
    }

    /** A value of Go's type {@code map[string]interface {}}; a nil map is an empty one. */
    @SuppressWarnings("unchecked")
    static Map<String, @Nullable Object> map(@Nullable Object value) {
        if (value instanceof Map<?, ?> && !(value instanceof StringMap)) {
            // The maps of a rendering have string keys only.
            return (Map<String, @Nullable Object>) value;
        }
        if (value == null) {
            return Map.of();
        }
        throw wrongType("map[string]interface {}", value);
    }

    /** An argument that must be a slice of whatever type. */
    static List<? extends @Nullable Object> list(Call call, int index) {
        return list(call, call.argument(index));
    }

    /** A value that must be a slice of whatever type. */
    static List<? extends @Nullable Object> list(Call call, @Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new FunctionFailure(call.name() + " needs a list; got " + GoTypes.name(value));
    }

    static FunctionFailure wrongType(String expected, @Nullable Object value) {
        return new FunctionFailure("wrong type for value; expected " + expected + "; got " + GoTypes.name(value));
    }
}
