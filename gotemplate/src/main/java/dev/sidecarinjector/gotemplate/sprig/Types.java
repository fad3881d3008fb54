package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.Function;
import dev.sidecarinjector.gotemplate.FunctionFailure;
import dev.sidecarinjector.gotemplate.GoSlice;
import dev.sidecarinjector.gotemplate.GoTypes;
import dev.sidecarinjector.gotemplate.StringMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions about the Go type of a value, and deep comparison and copy. */
final class Types {
    private Types() {}

    static @Nullable Function find(String name) {
        return switch (name) {
            case "typeOf" -> call -> GoTypes.name(only(call));
            case "kindOf" -> call -> GoTypes.kind(only(call));
            case "typeIs" -> call -> named(call).equals(GoTypes.name(call.argument(1)));
            case "typeIsLike" -> Types::typeIsLike;
            case "kindIs" -> call -> named(call).equals(GoTypes.kind(call.argument(1)));
            case "deepEqual" -> Types::deepEqual;
            case "deepCopy", "mustDeepCopy" -> call -> deepCopy(call);
            default -> null;
        };
    }

    private static @Nullable Object only(Call call) {
        Arguments.exactly(call, 1);
        return call.argument(0);
    }

    private static String named(Call call) {
        Arguments.exactly(call, 2);
        return call.string(0);
    }

    private static Object typeIsLike(Call call) {
        String wanted = named(call);
        String type = GoTypes.name(call.argument(1));
        return type.equals(wanted) || type.equals("*" + wanted);
    }

    private static Object deepEqual(Call call) {
        Arguments.exactly(call, 2);
        return GoTypes.deepEqual(call.argument(0), call.argument(1));
    }

    private static @Nullable Object deepCopy(Call call) {
        Object value = only(call);
        if (value == null) {
            throw new FunctionFailure("deepCopy of nil");
        }
        return copy(value);
    }

    /** A copy that can be changed; strings keep where they come from. */
    private static @Nullable Object copy(@Nullable Object value) {
        if (value instanceof List<?> list) {
            List<@Nullable Object> copy = new ArrayList<>(list.size());
            list.forEach(element -> copy.add(copy(element)));
            return list instanceof GoSlice slice ? new GoSlice(slice.goType(), slice.isNil() ? null : copy) : copy;
        }
        if (value instanceof Map<?, ?> && !(value instanceof StringMap)) {
            Dict copy = new Dict(Arguments.map(value));
            copy.replaceAll((_, element) -> copy(element));
            return copy;
        }
        return value;
    }
}
