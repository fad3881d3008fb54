package dev.sidecarinjector.gotemplate;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** The decimal digits of a positive float64: 0.DIGITS times ten to the power of point; zero has no digits. */
record FloatDigits(String digits, int point) {
    private static final FloatDigits ZERO = new FloatDigits("", 0);

    /** The fewest digits that give the same float64 when read again. */
    static FloatDigits shortest(double value) {
        if (value == 0) {
            return ZERO;
        }
        FloatDigits digits = of(new BigDecimal(Double.toString(value)));
        if (digits.digits.length() == 2) {
            // Java prefers two digits where one is enough: 9.9E-324 for 1e-323.
            FloatDigits one = of(new BigDecimal(digits.scientific()).round(new MathContext(1, RoundingMode.HALF_EVEN)));
            return Double.parseDouble(one.scientific()) == value ? one : digits;
        }
        return digits;
    }

    /** Rounded to a number of significant digits, at least 1. */
    static FloatDigits significant(double value, int count) {
        return value == 0 ? ZERO : of(new BigDecimal(value).round(new MathContext(count, RoundingMode.HALF_EVEN)));
    }

    /** Rounded to a number of digits after the decimal point. */
    static FloatDigits afterPoint(double value, int count) {
        return of(new BigDecimal(value).setScale(count, RoundingMode.HALF_EVEN));
    }

    private static FloatDigits of(BigDecimal value) {
        if (value.signum() == 0) {
            return ZERO;
        }
        String digits = value.unscaledValue().toString();
        int point = digits.length() - value.scale();
        int end = digits.length();
        while (digits.charAt(end - 1) == '0') {
            end--;
        }
        return new FloatDigits(digits.substring(0, end), point);
    }

    private String scientific() {
        return "0." + digits + "E" + point;
    }

    int count() {
        return digits.length();
    }

    /** {@code d.ddde+dd} with a number of digits after the point. */
    void exponential(StringBuilder out, int decimals, char e) {
        out.append(digits.isEmpty() ? '0' : digits.charAt(0));
        if (decimals > 0) {
            out.append('.');
            int taken = Math.min(digits.length(), decimals + 1);
            out.append(digits, Math.min(1, taken), taken);
            out.repeat('0', decimals - Math.max(0, taken - 1));
        }
        int exponent = digits.isEmpty() ? 0 : point - 1;
        out.append(e).append(exponent < 0 ? '-' : '+');
        if (Math.abs(exponent) < 10) {
            out.append('0');
        }
        out.append(Math.abs(exponent));
    }

    /** {@code ddd.ddd} with a number of digits after the point. */
    void plain(StringBuilder out, int decimals) {
        if (point > 0) {
            int taken = Math.min(digits.length(), point);
            out.append(digits, 0, taken).repeat('0', point - taken);
        } else {
            out.append('0');
        }
        if (decimals > 0) {
            out.append('.');
            for (int i = 0; i < decimals; i++) {
                int at = point + i;
                out.append(at >= 0 && at < digits.length() ? digits.charAt(at) : '0');
            }
        }
    }
}
