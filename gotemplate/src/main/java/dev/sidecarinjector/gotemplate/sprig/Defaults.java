package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.Function;
import dev.sidecarinjector.gotemplate.FunctionFailure;
import dev.sidecarinjector.gotemplate.GoTruth;
import org.jspecify.annotations.Nullable;

/** Functions that choose between values by whether they are empty. */
final class Defaults {
    private Defaults() {}

    static @Nullable Function find(String name) {
        return switch (name) {
            case "default" -> Defaults::orDefault;
            case "empty" -> Defaults::empty;
            case "coalesce" -> Defaults::coalesce;
            case "all" -> Defaults::all;
            case "any" -> Defaults::any;
            case "ternary" -> Defaults::ternary;
            case "fail" -> Defaults::fail;
            case "hello" -> Defaults::hello;
            default -> null;
        };
    }

    /** Whether Sprig takes a value for unset: nil, false, 0, or nothing in it. */
    static boolean isEmpty(@Nullable Object value) {
        return !GoTruth.isTrue(value);
    }

    private static @Nullable Object orDefault(Call call) {
        Arguments.atLeast(call, 1);
        if (call.size() == 1 || isEmpty(call.argument(1))) {
            return call.argument(0);
        }
        return call.argument(1);
    }

    private static Object empty(Call call) {
        Arguments.exactly(call, 1);
        return isEmpty(call.argument(0));
    }

    private static @Nullable Object coalesce(Call call) {
        for (Object value : call.arguments()) {
            if (!isEmpty(value)) {
                return value;
            }
        }
        return null;
    }

    private static Object all(Call call) {
        for (Object value : call.arguments()) {
            if (isEmpty(value)) {
                return false;
            }
        }
        return true;
    }

    private static Object any(Call call) {
        for (Object value : call.arguments()) {
            if (!isEmpty(value)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Object ternary(Call call) {
        Arguments.exactly(call, 3);
        return call.argument(Arguments.bool(call, 2) ? 0 : 1);
    }

    private static Object fail(Call call) {
        Arguments.exactly(call, 1);
        throw new FunctionFailure(call.string(0));
    }

    private static Object hello(Call call) {
        Arguments.exactly(call, 0);
        return "Hello!";
    }
}
