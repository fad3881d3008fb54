package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.Function;
import dev.sidecarinjector.gotemplate.FunctionFailure;
import dev.sidecarinjector.gotemplate.GoSlice;
import dev.sidecarinjector.gotemplate.GoTypes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions on lists. None changes its argument, and the elements keep where they come from. */
final class Lists {
    private Lists() {}

    static @Nullable Function find(String name) {
        return switch (name) {
            case "list", "tuple" -> call -> new ArrayList<>(call.arguments());
            case "append", "push", "mustAppend", "mustPush" -> Lists::append;
            case "prepend", "mustPrepend" -> Lists::prepend;
            case "first", "mustFirst" -> Lists::first;
            case "last", "mustLast" -> Lists::last;
            case "rest", "mustRest" -> call -> part(call, 1, 0);
            case "initial", "mustInitial" -> call -> part(call, 0, 1);
            case "reverse", "mustReverse" -> call -> new ArrayList<>(list(call, 1).reversed());
            case "compact", "mustCompact" -> Lists::compact;
            case "uniq", "mustUniq" -> Lists::uniq;
            case "without", "mustWithout" -> Lists::without;
            case "has", "mustHas" -> Lists::has;
            case "slice", "mustSlice" -> Lists::slice;
            case "concat" -> Lists::concat;
            case "chunk", "mustChunk" -> Lists::chunk;
            default -> null;
        };
    }

    /** The first argument as a list, of so many arguments. */
    private static List<? extends @Nullable Object> list(Call call, int arguments) {
        Arguments.exactly(call, arguments);
        return Arguments.list(call, 0);
    }

    private static Object append(Call call) {
        List<@Nullable Object> result = new ArrayList<>(list(call, 2));
        result.add(call.argument(1));
        return result;
    }

    private static Object prepend(Call call) {
        List<@Nullable Object> result = new ArrayList<>(list(call, 2));
        result.addFirst(call.argument(1));
        return result;
    }

    private static @Nullable Object first(Call call) {
        List<? extends @Nullable Object> list = list(call, 1);
        return list.isEmpty() ? null : list.getFirst();
    }

    private static @Nullable Object last(Call call) {
        List<? extends @Nullable Object> list = list(call, 1);
        return list.isEmpty() ? null : list.getLast();
    }

    /** Without so many elements at the start and at the end; of an empty list a nil one. */
    private static Object part(Call call, int fromStart, int fromEnd) {
        List<? extends @Nullable Object> list = list(call, 1);
        return list.isEmpty() ? nil() : new ArrayList<>(list.subList(fromStart, list.size() - fromEnd));
    }

    private static GoSlice nil() {
        return new GoSlice("[]interface {}", null);
    }

    private static Object compact(Call call) {
        List<@Nullable Object> result = new ArrayList<>();
        for (Object element : list(call, 1)) {
            if (!Defaults.isEmpty(element)) {
                result.add(element);
            }
        }
        return result;
    }

    private static Object uniq(Call call) {
        List<@Nullable Object> result = new ArrayList<>();
        for (Object element : list(call, 1)) {
            if (!holds(result, element)) {
                result.add(element);
            }
        }
        return result;
    }

    private static Object without(Call call) {
        Arguments.atLeast(call, 1);
        List<@Nullable Object> unwanted = call.arguments().subList(1, call.size());
        List<@Nullable Object> result = new ArrayList<>();
        for (Object element : Arguments.list(call, 0)) {
            if (!holds(unwanted, element)) {
                result.add(element);
            }
        }
        return result;
    }

    private static Object has(Call call) {
        Arguments.exactly(call, 2);
        return call.argument(1) != null && holds(Arguments.list(call, 1), call.argument(0));
    }

    private static boolean holds(List<? extends @Nullable Object> list, @Nullable Object wanted) {
        for (Object element : list) {
            if (GoTypes.deepEqual(wanted, element)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Object slice(Call call) {
        Arguments.atLeast(call, 1);
        List<? extends @Nullable Object> list = Arguments.list(call, 0);
        if (list.isEmpty()) {
            return null;
        }
        long start = call.size() > 1 ? Conversions.toLong(call.argument(1)) : 0;
        long end = call.size() > 2 ? Conversions.toLong(call.argument(2)) : list.size();
        if (start < 0 || end < start || end > list.size()) {
            throw new FunctionFailure("slice bounds out of range [" + start + ":" + end + "] with length " + list.size());
        }
        List<@Nullable Object> part = new ArrayList<>(list.subList((int) start, (int) end));
        return list instanceof GoSlice typed ? new GoSlice(typed.goType(), part) : part;
    }

    private static Object concat(Call call) {
        List<@Nullable Object> result = new ArrayList<>();
        for (Object list : call.arguments()) {
            result.addAll(Arguments.list(call, list));
        }
        return result.isEmpty() ? nil() : result;
    }

    private static Object chunk(Call call) {
        Arguments.exactly(call, 2);
        int size = Arguments.integer(call, 0);
        List<? extends @Nullable Object> list = Arguments.list(call, 1);
        int step = size < -1 && list.size() == 1 ? 1 : size;
        // Sprig lets a negative size pass as long as it is large enough.
        if (step == 0 || (step < 0 && (list.size() < 2 || list.size() - 1 > -step))) {
            throw new FunctionFailure("chunk: the size " + size + " is not positive");
        }
        List<@Nullable Object> chunks = new ArrayList<>();
        for (int i = 0; step > 0 && i < list.size(); i += step) {
            chunks.add(new ArrayList<>(list.subList(i, Math.min(list.size(), i + step))));
        }
        return new GoSlice("[][]interface {}", chunks);
    }
}
