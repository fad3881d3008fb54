package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.Function;
import dev.sidecarinjector.gotemplate.FunctionFailure;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Calculating with decimal fractions: 0.1 and 0.2 make 0.3. */
final class Decimals {
    /** Decimal places that a division gives. */
    private static final int PLACES = 16;

    private Decimals() {}

    static @Nullable Function find(String name) {
        return switch (name) {
            case "addf" -> call -> fold(BigDecimal.ZERO, call.arguments(), BigDecimal::add);
            case "add1f" -> Decimals::increment;
            case "subf" -> call -> fold(call, BigDecimal::subtract);
            case "mulf" -> call -> fold(call, BigDecimal::multiply);
            case "divf" -> call -> fold(call, Decimals::divide);
            default -> null;
        };
    }

    private static Object increment(Call call) {
        Arguments.exactly(call, 1);
        return decimal(call.argument(0)).add(BigDecimal.ONE).doubleValue();
    }

    private static Object fold(Call call, BinaryOperator<BigDecimal> step) {
        Arguments.atLeast(call, 1);
        return fold(decimal(call.argument(0)), call.arguments().subList(1, call.size()), step);
    }

    private static Object fold(BigDecimal start, List<? extends @Nullable Object> values, BinaryOperator<BigDecimal> step) {
        BigDecimal result = start;
        for (Object value : values) {
            result = step.apply(result, decimal(value));
        }
        return result.doubleValue();
    }

    private static BigDecimal divide(BigDecimal a, BigDecimal b) {
        if (b.signum() == 0) {
            throw new FunctionFailure("decimal division by 0");
        }
        return a.divide(b, PLACES, RoundingMode.HALF_UP);
    }

    private static BigDecimal decimal(@Nullable Object value) {
        double number = Conversions.toDouble(value);
        if (Double.isNaN(number) || Double.isInfinite(number)) {
            throw new FunctionFailure("cannot calculate with " + number);
        }
        return new BigDecimal(Double.toString(number));
    }
}
