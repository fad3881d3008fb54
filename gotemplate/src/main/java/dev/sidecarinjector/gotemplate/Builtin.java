package dev.sidecarinjector.gotemplate;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Go's own template functions; {@code and} and {@code or} are {@link ShortCircuit}. */
enum Builtin {
    CALL(1, -1), EQ(1, -1), GE(2, 2), GT(2, 2), HTML(0, -1), INDEX(1, -1), JS(0, -1), LE(2, 2), LEN(1, 1), LT(2, 2), NE(2, 2), NOT(1,
            1), PRINT(0, -1), PRINTF(1, -1), PRINTLN(0, -1), SLICE(1, -1), URLQUERY(0, -1);

    private final int fewest;
    private final int most;

    Builtin(int fewest, int most) {
        this.fewest = fewest;
        this.most = most;
    }

    static @Nullable Builtin find(String name) {
        return switch (name) {
            case "call" -> CALL;
            case "eq" -> EQ;
            case "ge" -> GE;
            case "gt" -> GT;
            case "html" -> HTML;
            case "index" -> INDEX;
            case "js" -> JS;
            case "le" -> LE;
            case "len" -> LEN;
            case "lt" -> LT;
            case "ne" -> NE;
            case "not" -> NOT;
            case "print" -> PRINT;
            case "printf" -> PRINTF;
            case "println" -> PRINTLN;
            case "slice" -> SLICE;
            case "urlquery" -> URLQUERY;
            default -> null;
        };
    }

    String goName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is wrong with a number of arguments, or null. */
    @Nullable
    String checkCount(int count) {
        if (count >= fewest && (most < 0 || count <= most)) {
            return null;
        }
        return "wrong number of args for " + goName() + ": want " + (most < 0 ? "at least " : "") + fewest + " got " + count;
    }

    @Nullable
    Object apply(@Nullable Object[] values) {
        return switch (this) {
            case EQ -> Comparison.equalsAny(values);
            case NE -> !Comparison.equalsAny(values);
            case LT -> Comparison.less(values[0], values[1]);
            case LE -> Comparison.lessOrEqual(values[0], values[1]);
            case GT -> !Comparison.lessOrEqual(values[0], values[1]);
            case GE -> !Comparison.less(values[0], values[1]);
            case NOT -> !GoTruth.isTrue(values[0]);
            case LEN -> length(values[0]);
            case INDEX -> Indexing.index(values);
            case SLICE -> Indexing.slice(values);
            case PRINT -> new Printer().sprint(Arrays.asList(values)).result();
            case PRINTLN -> new Printer().sprintln(Arrays.asList(values)).result();
            case PRINTF -> printf(values);
            case HTML -> Escapes.apply(values, Escapes::html);
            case JS -> Escapes.apply(values, Escapes::js);
            case URLQUERY -> Escapes.apply(values, Escapes::urlQuery);
            case CALL -> call(values);
        };
    }

    private static Object length(@Nullable Object value) {
        if (value instanceof CharSequence text) {
            return Utf8.length(text.toString());
        }
        if (value instanceof Map<?, ?> map) {
            return map.size();
        }
        if (value instanceof Collection<?> list) {
            return list.size();
        }
        throw new FunctionFailure(value == null ? "len of nil pointer" : "len of type " + GoTypes.name(value));
    }

    private static Object printf(@Nullable Object[] values) {
        Printer printer = new Printer();
        if (!(values[0] instanceof CharSequence format)) {
            throw new FunctionFailure("wrong type for value; expected string; got " + GoTypes.name(values[0]));
        }
        if (format instanceof OriginText text) {
            printer.touch(text.origin());
        }
        List<@Nullable Object> operands = Arrays.asList(values).subList(1, values.length);
        new Printf(format.toString(), operands, printer).print();
        return printer.result();
    }

    private static @Nullable Object call(@Nullable Object[] values) {
        if (values[0] instanceof Function function) {
            return Marking.call(function, new Call("call", Arrays.asList(values).subList(1, values.length)));
        }
        throw new FunctionFailure(values[0] == null ? "call of nil" : "non-function of type " + GoTypes.name(values[0]));
    }
}
