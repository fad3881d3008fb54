package dev.sidecarinjector.injection.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.IntNode;

/** Go's reading of integer and float literals, keeping every digit: what Go rounds to a float64 stays exact here. */
final class GoNumber {
    /** Beyond any double; a longer exponent is no number for Go either. */
    private static final int EXPONENT_LIMIT = 400;

    private GoNumber() {}

    /** Decimal, {@code 0x1F}, {@code 0b1}, {@code 0o17} or {@code 017}, with a sign and underscores anywhere; null for another text. */
    static @Nullable JsonNode integer(String text) {
        int length = text.length();
        char first = text.charAt(0);
        if (length <= 9 && first > '0' && first <= '9') {
            int value = 0;
            int i = 0;
            for (; i < length && isDigit(text.charAt(i)); i++) {
                value = value * 10 + text.charAt(i) - '0';
            }
            if (i == length) {
                return IntNode.valueOf(value);
            }
        }
        return anyInteger(text.indexOf('_') < 0 ? text : text.replace("_", ""));
    }

    private static @Nullable JsonNode anyInteger(String text) {
        int sign = text.isEmpty() || isDigit(text.charAt(0)) ? 0 : 1;
        int radix = radix(text, sign);
        int from = radix == 10 || (radix == 8 && isDigitAt(text, sign + 1)) ? sign : sign + 2;
        if (from >= text.length()) {
            return null;
        }
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) > 'f' || Character.digit(text.charAt(i), radix) < 0) {
                return null;
            }
        }
        BigInteger value = new BigInteger(text.substring(from), radix);
        // Go reads what exceeds 64 bits as a float, which only a decimal can be.
        if (radix != 10 && value.bitLength() > Long.SIZE) {
            return null;
        }
        return PlainScalar.integerNode(text.charAt(0) == '-' ? value.negate() : value);
    }

    private static int radix(String text, int at) {
        if (at + 1 >= text.length() || text.charAt(at) != '0') {
            return 10;
        }
        return switch (text.charAt(at + 1)) {
            case 'x', 'X' -> 16;
            case 'b', 'B' -> 2;
            case 'o', 'O' -> 8;
            default -> isDigit(text.charAt(at + 1)) ? 8 : 10;
        };
    }

    /** {@code [-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?} with underscores anywhere (between digits only, if it starts with a point); null for another text. */
    static @Nullable JsonNode decimal(String written) {
        String text = written.indexOf('_') < 0 || (written.charAt(0) == '.' && !separatesDigits(written))
                ? written
                : written.replace("_", "");
        int at = text.isEmpty() || isDigit(text.charAt(0)) || text.charAt(0) == '.' ? 0 : 1;
        int whole = digits(text, at);
        int end = whole;
        if (end < text.length() && text.charAt(end) == '.') {
            end = digits(text, end + 1);
        }
        if (end - at == (whole == at ? 1 : 0) || end == at) {
            return null;
        }
        int exponent = 0;
        if (end < text.length()) {
            exponent = exponent(text, end);
            if (exponent == Integer.MIN_VALUE) {
                return null;
            }
        }
        BigDecimal mantissa = new BigDecimal(text.substring(0, end));
        if (whole == end && exponent == 0) {
            return PlainScalar.integerNode(mantissa.toBigIntegerExact());
        }
        BigDecimal value = mantissa.scaleByPowerOfTen(exponent);
        return Double.isInfinite(value.doubleValue()) ? null : PlainScalar.decimalNode(value);
    }

    private static boolean separatesDigits(String text) {
        for (int i = text.indexOf('_'); i >= 0; i = text.indexOf('_', i + 1)) {
            if (!isDigit(text.charAt(i - 1)) || !isDigitAt(text, i + 1)) {
                return false;
            }
        }
        return true;
    }

    /** The exponent that starts at an index and ends the text; MIN_VALUE where there is none of a usable size. */
    private static int exponent(String text, int at) {
        if (text.charAt(at) != 'e' && text.charAt(at) != 'E') {
            return Integer.MIN_VALUE;
        }
        int from = at + 1;
        if (from < text.length() && (text.charAt(from) == '-' || text.charAt(from) == '+')) {
            from++;
        }
        if (from == text.length() || digits(text, from) != text.length()) {
            return Integer.MIN_VALUE;
        }
        BigInteger value = new BigInteger(text.charAt(at + 1) == '+' ? text.substring(at + 2) : text.substring(at + 1));
        return value.abs().bitLength() > 31 || Math.abs(value.intValue()) > EXPONENT_LIMIT ? Integer.MIN_VALUE : value.intValue();
    }

    private static int digits(String text, int from) {
        int i = from;
        while (isDigitAt(text, i)) {
            i++;
        }
        return i;
    }

    private static boolean isDigitAt(String text, int i) {
        return i < text.length() && isDigit(text.charAt(i));
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** A float as a JSON key: the shortest text that a float32 reads back. */
    static String shortestFloat(BigDecimal value) {
        float number = value.floatValue();
        if (Float.isInfinite(number)) {
            return number > 0 ? ".inf" : "-.inf";
        }
        return shortest(Float.toString(number));
    }

    /** The shortest text that reads back as the same float64. */
    static String shortestDouble(double value) {
        if (Double.isNaN(value)) {
            return ".nan";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? ".inf" : "-.inf";
        }
        return shortest(Double.toString(value));
    }

    /** Go's {@code %g}: an exponent below -4 and from 6 on. */
    private static String shortest(String digitsOfJava) {
        BigDecimal value = new BigDecimal(digitsOfJava).stripTrailingZeros();
        int exponent = value.precision() - value.scale() - 1;
        if (value.signum() == 0 || (exponent >= -4 && exponent < 6)) {
            return value.signum() == 0 ? "0" : value.toPlainString();
        }
        String digits = value.unscaledValue().abs().toString();
        String fraction = digits.length() == 1 ? "" : "." + digits.substring(1);
        String power = Math.abs(exponent) < 10 ? "0" + Math.abs(exponent) : Integer.toString(Math.abs(exponent));
        return (value.signum() < 0 ? "-" : "") + digits.charAt(0) + fraction + "e" + (exponent < 0 ? "-" : "+") + power;
    }
}
