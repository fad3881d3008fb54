package dev.sidecarinjector.gotemplate;

import java.math.BigInteger;

/** Go's {@code strconv.FormatFloat} for a float64. */
final class FloatFormat {
    /** The precision that asks for the fewest digits. */
    static final int SHORTEST = -1;

    private FloatFormat() {}

    /** As {@code %v} prints it. */
    static String shortest(double value) {
        long whole = (long) value;
        if (whole == value && whole > -1_000_000 && whole < 1_000_000 && (whole != 0 || 1 / value > 0)) {
            return Long.toString(whole);
        }
        return format(value, 'g', SHORTEST);
    }

    /**
     * @param verb      one of e, E, f, g, G, b, x, X
     * @param precision as the verb understands it, or {@link #SHORTEST}
     */
    static String format(double value, char verb, int precision) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "+Inf" : "-Inf";
        }
        StringBuilder out = new StringBuilder(24);
        if (Double.doubleToRawLongBits(value) < 0) {
            out.append('-');
        }
        double positive = Math.abs(value);
        switch (verb) {
            case 'e', 'E' -> exponential(out, positive, verb, precision);
            case 'f' -> plain(out, positive, precision);
            case 'g', 'G' -> general(out, positive, verb, precision);
            case 'b' -> binary(out, positive);
            default -> hexadecimal(out, positive, verb, precision);
        }
        return out.toString();
    }

    private static void exponential(StringBuilder out, double value, char e, int precision) {
        if (precision < 0) {
            FloatDigits digits = FloatDigits.shortest(value);
            digits.exponential(out, Math.max(digits.count() - 1, 0), e);
        } else {
            FloatDigits.significant(value, precision + 1).exponential(out, precision, e);
        }
    }

    private static void plain(StringBuilder out, double value, int precision) {
        if (precision < 0) {
            FloatDigits digits = FloatDigits.shortest(value);
            digits.plain(out, Math.max(digits.count() - digits.point(), 0));
        } else {
            FloatDigits.afterPoint(value, precision).plain(out, precision);
        }
    }

    private static void general(StringBuilder out, double value, char verb, int precision) {
        int wanted = precision == 0 ? 1 : precision;
        FloatDigits digits = wanted < 0 ? FloatDigits.shortest(value) : FloatDigits.significant(value, wanted);
        int count = digits.count();
        // The exponent form takes over at the precision, at 6 when none is asked for.
        int threshold = wanted < 0 ? 6 : wanted > count && count >= digits.point() ? count : wanted;
        int exponent = digits.point() - 1;
        if (exponent < -4 || exponent >= threshold) {
            digits.exponential(out, Math.max(count - 1, 0), verb == 'g' ? 'e' : 'E');
        } else {
            digits.plain(out, Math.max(count - digits.point(), 0));
        }
    }

    /** {@code 4503599627370496p-52} */
    private static void binary(StringBuilder out, double value) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = (int) (bits >>> 52);
        long mantissa = bits & ((1L << 52) - 1);
        if (exponent == 0) {
            exponent = 1;
        } else {
            mantissa |= 1L << 52;
        }
        int power = exponent - 1075;
        out.append(mantissa).append('p').append(power >= 0 ? "+" : "").append(power);
    }

    /** {@code 0x1.8p+01} */
    private static void hexadecimal(StringBuilder out, double value, char verb, int precision) {
        long bits = Double.doubleToRawLongBits(value);
        int exponent = value == 0 ? 0 : Math.getExponent(value);
        long mantissa = bits & ((1L << 52) - 1);
        if (value != 0 && exponent < Double.MIN_EXPONENT) {
            int shift = Long.numberOfLeadingZeros(mantissa) - 11;
            mantissa <<= shift;
            exponent = Double.MIN_EXPONENT - shift;
        } else if (value != 0) {
            mantissa |= 1L << 52;
        }
        if (precision >= 0 && precision < 13) {
            mantissa = round(mantissa, 4 * (13 - precision));
            if (mantissa >= 1L << 53) {
                mantissa >>= 1;
                exponent++;
            }
        }
        out.append("0").append(verb).append(mantissa >>> 52);
        fraction(out, mantissa & ((1L << 52) - 1), verb, precision);
        out.append(verb == 'x' ? 'p' : 'P').append(exponent < 0 ? '-' : '+');
        out.append(Math.abs(exponent) < 10 ? "0" : "").append(Math.abs(exponent));
    }

    private static long round(long mantissa, int bits) {
        BigInteger[] parts = BigInteger.valueOf(mantissa).divideAndRemainder(BigInteger.ONE.shiftLeft(bits));
        long kept = parts[0].longValue();
        int half = parts[1].compareTo(BigInteger.ONE.shiftLeft(bits - 1));
        if (half > 0 || (half == 0 && (kept & 1) == 1)) {
            kept++;
        }
        return kept << bits;
    }

    private static void fraction(StringBuilder out, long fraction, char verb, int precision) {
        String digits = verb == 'x' ? "0123456789abcdef" : "0123456789ABCDEF";
        int count = precision >= 0 ? precision : fraction == 0 ? 0 : 13 - Long.numberOfTrailingZeros(fraction) / 4;
        if (count > 0) {
            out.append('.');
        }
        for (int i = 0; i < count; i++) {
            out.append(i < 13 ? digits.charAt((int) (fraction >>> (48 - 4 * i)) & 0xF) : '0');
        }
    }
}
