package dev.sidecarinjector.gotemplate;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The values of a template's constants. */
final class Literals {
    private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger MIN_LONG = BigInteger.valueOf(Long.MIN_VALUE);

    private Literals() {}

    /** The value of a quoted or raw string, as {@code strconv.Unquote} gives it; null if it is malformed. */
    static @Nullable String string(String quoted) {
        String inner = quoted.substring(1, quoted.length() - 1);
        if (quoted.charAt(0) == '`') {
            return inner.indexOf('\r') < 0 ? inner : inner.replace("\r", "");
        }
        return inner.indexOf('\\') < 0 ? inner : new Unescaper(inner, '"').text();
    }

    /** The value of a character constant; null if it is malformed. */
    static @Nullable Integer character(String quoted) {
        String inner = quoted.substring(1, quoted.length() - 1);
        if (inner.isEmpty() || inner.charAt(0) == '\'') {
            return null;
        }
        return new Unescaper(inner, '\'').single();
    }

    /** The value of a number: {@link Integer}, {@link Long} or {@link Double}. */
    static Object number(String text) {
        boolean hex = text.regionMatches(true, text.startsWith("+") || text.startsWith("-") ? 1 : 0, "0x", 0, 2);
        BigInteger integer = integer(text);
        if (integer != null) {
            if (integer.compareTo(MIN_LONG) < 0 || integer.compareTo(MAX_LONG) > 0) {
                throw new FunctionFailure(text + " overflows int");
            }
            return integer(integer.longValue());
        }
        Double value = hex ? hexFloat(text) : decimalFloat(text);
        if (value == null) {
            throw new FunctionFailure("illegal number syntax: " + Quoting.quote(text));
        }
        if (!containsAny(text, hex ? ".pP" : ".eE")) {
            throw new FunctionFailure("integer overflow: " + Quoting.quote(text));
        }
        return value;
    }

    private static Object integer(long value) {
        return value == (int) value ? (Object) (int) value : (Object) value;
    }

    /** {@code strconv.ParseInt} with base 0; null if the text is no integer. */
    private static @Nullable BigInteger integer(String text) {
        int start = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        String digits = text.substring(start);
        int base = 10;
        int prefix = 0;
        if (digits.length() > 1 && digits.charAt(0) == '0') {
            char letter = Character.toLowerCase(digits.charAt(1));
            base = letter == 'x' ? 16 : letter == 'b' ? 2 : 8;
            prefix = letter == 'x' || letter == 'b' || letter == 'o' ? 2 : 1;
        }
        String plain = withoutUnderscores(digits, prefix);
        if (plain == null || plain.isEmpty() || !allDigits(plain, base)) {
            return null;
        }
        BigInteger value = new BigInteger(plain, base);
        return text.startsWith("-") ? value.negate() : value;
    }

    private static boolean allDigits(String text, int base) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.digit(text.charAt(i), base) < 0) {
                return false;
            }
        }
        return true;
    }

    /** The digits behind a prefix without their underscores; null if an underscore separates nothing. */
    private static @Nullable String withoutUnderscores(String digits, int prefix) {
        String rest = digits.substring(prefix);
        if (rest.indexOf('_') < 0) {
            return rest;
        }
        boolean bad = rest.endsWith("_") || rest.contains("__") || (prefix == 0 && rest.startsWith("_"));
        return bad ? null : rest.replace("_", "");
    }

    private static @Nullable Double decimalFloat(String text) {
        if (text.indexOf('_') >= 0 || text.endsWith("i")) {
            return null;
        }
        try {
            return finite(Double.parseDouble(text));
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private static @Nullable Double hexFloat(String text) {
        if (!containsAny(text, "pP")) {
            return null;
        }
        try {
            return finite(Double.parseDouble(text.replace("_", "")));
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private static @Nullable Double finite(double value) {
        return Double.isInfinite(value) ? null : (Double) value;
    }

    private static boolean containsAny(String text, String characters) {
        for (int i = 0; i < text.length(); i++) {
            if (characters.indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }
}
