package dev.sidecarinjector.gotemplate.sprig;

import org.jspecify.annotations.Nullable;

/** A value of any type as a number; what is no number is 0. A number needs no origin: its author cannot write text with it. */
final class Conversions {
    private static final double TWO_TO_63 = 0x1p63;

    private Conversions() {}

    /** As Go's {@code int64}. */
    static long toLong(@Nullable Object value) {
        if (value instanceof Double d) {
            return truncated(d);
        }
        if (value instanceof Number number) {
            return number.longValue();
        }
        if (value instanceof Boolean b) {
            return b ? 1 : 0;
        }
        Long parsed = value instanceof CharSequence text ? GoNumbers.parseInt(withoutZeroDecimals(text.toString()), 0) : null;
        return parsed == null ? 0 : parsed;
    }

    /** As Go's {@code float64}. */
    static double toDouble(@Nullable Object value) {
        if (value instanceof Number number) {
            return number.doubleValue();
        }
        if (value instanceof Boolean b) {
            return b ? 1 : 0;
        }
        Double parsed = value instanceof CharSequence text ? GoNumbers.parseFloat(text.toString()) : null;
        return parsed == null ? 0 : parsed;
    }

    /** A Go {@code int}: an {@link Integer} where it fits. */
    static Number goInt(long value) {
        int small = (int) value;
        if (small == value) {
            return small;
        }
        return value;
    }

    /** Towards zero; what does not fit becomes the least number, as on the machines that Go's servers run on. */
    private static long truncated(double value) {
        return value >= -TWO_TO_63 && value < TWO_TO_63 ? (long) value : Long.MIN_VALUE;
    }

    /** Without a decimal point that is followed by zeros only. */
    private static String withoutZeroDecimals(String text) {
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '0') {
            end--;
        }
        return end < text.length() && end > 0 && text.charAt(end - 1) == '.' ? text.substring(0, end - 1) : text;
    }
}
