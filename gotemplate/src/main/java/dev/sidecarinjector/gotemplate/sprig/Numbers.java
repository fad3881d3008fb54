package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.Function;
import dev.sidecarinjector.gotemplate.FunctionFailure;
import dev.sidecarinjector.gotemplate.GoFormat;
import java.util.function.DoubleBinaryOperator;
import java.util.function.LongBinaryOperator;
import org.jspecify.annotations.Nullable;

/** Conversions to numbers and calculating with whole and floating-point numbers. */
final class Numbers {
    private Numbers() {}

    static @Nullable Function find(String name) {
        return switch (name) {
            case "int" -> call -> Conversions.goInt(Conversions.toLong(only(call)));
            case "int64" -> call -> Conversions.toLong(only(call));
            case "float64" -> call -> Conversions.toDouble(only(call));
            case "atoi" -> Numbers::atoi;
            case "toDecimal" -> Numbers::fromOctal;
            case "add" -> call -> fold(call, 0, 0, Long::sum);
            case "add1" -> call -> Conversions.toLong(only(call)) + 1;
            case "sub" -> call -> two(call, (a, b) -> a - b);
            case "mul" -> call -> fold(call, 1, 1, (a, b) -> a * b);
            case "div" -> call -> two(call, (a, b) -> a / nonZero(b));
            case "mod" -> call -> two(call, (a, b) -> a % nonZero(b));
            case "max", "biggest" -> call -> fold(call, 1, Long.MIN_VALUE, Math::max);
            case "min" -> call -> fold(call, 1, Long.MAX_VALUE, Math::min);
            case "maxf" -> call -> foldDouble(call, Math::max);
            case "minf" -> call -> foldDouble(call, Math::min);
            case "ceil" -> call -> Math.ceil(Conversions.toDouble(only(call)));
            case "floor" -> call -> Math.floor(Conversions.toDouble(only(call)));
            case "round" -> Numbers::round;
            default -> null;
        };
    }

    private static @Nullable Object only(Call call) {
        Arguments.exactly(call, 1);
        return call.argument(0);
    }

    private static Object atoi(Call call) {
        Object text = only(call);
        Arguments.text(call, 0);
        Long value = GoNumbers.parseInt(String.valueOf(text), 10);
        return Conversions.goInt(value == null ? 0 : value);
    }

    private static Object fromOctal(Call call) {
        Long value = GoNumbers.parseInt(GoFormat.sprint(only(call)), 8);
        return value == null ? 0L : value;
    }

    private static Object fold(Call call, int atLeast, long start, LongBinaryOperator step) {
        Arguments.atLeast(call, atLeast);
        long result = start;
        for (Object value : call.arguments()) {
            result = step.applyAsLong(result, Conversions.toLong(value));
        }
        return result;
    }

    private static Object two(Call call, LongBinaryOperator step) {
        Arguments.exactly(call, 2);
        return step.applyAsLong(Conversions.toLong(call.argument(0)), Conversions.toLong(call.argument(1)));
    }

    private static long nonZero(long divisor) {
        if (divisor == 0) {
            throw new FunctionFailure("integer divide by zero");
        }
        return divisor;
    }

    private static Object foldDouble(Call call, DoubleBinaryOperator step) {
        Arguments.atLeast(call, 1);
        double result = Conversions.toDouble(call.argument(0));
        for (Object value : call.arguments().subList(1, call.size())) {
            result = step.applyAsDouble(result, Conversions.toDouble(value));
        }
        return result;
    }

    /** Rounds to so many decimal places; the optional third argument says from which fraction on it goes up. */
    private static Object round(Call call) {
        Arguments.atLeast(call, 2);
        double value = Conversions.toDouble(call.argument(0));
        double scale = Math.pow(10, Arguments.integer(call, 1));
        double up = 0.5;
        if (call.size() > 2) {
            if (!(call.argument(2) instanceof Number number) || number instanceof Long) {
                throw Arguments.wrongType("float64", call.argument(2));
            }
            up = number.doubleValue();
        }
        double scaled = scale * value;
        double whole = scaled < 0 ? Math.ceil(scaled) : Math.floor(scaled);
        return (scaled - whole >= up ? Math.ceil(scaled) : Math.floor(scaled)) / scale;
    }
}
