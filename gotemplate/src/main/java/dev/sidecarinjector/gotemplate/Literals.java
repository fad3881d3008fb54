package dev.sidecarinjector.gotemplate;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** The values of a template's constants. */
final class Literals {
    private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger MIN_LONG = BigInteger.valueOf(Long.MIN_VALUE);

    private Literals() {}

    /** The value of a quoted or raw string, as {@code strconv.Unquote} gives it. */
    static Object string(String quoted) {
        String inner = quoted.substring(1, quoted.length() - 1);
        if (quoted.charAt(0) == '`') {
            return inner.indexOf('\r') < 0 ? inner : inner.replace("\r", "");
        }
        String value = inner.indexOf('\\') < 0 ? inner : new Unescaper(inner, '"').text();
        if (value == null) {
            throw new FunctionFailure("invalid syntax: " + quoted);
        }
        return value;
    }

    /** The value of a character constant. */
    static Object character(String quoted) {
        String inner = quoted.substring(1, quoted.length() - 1);
        Unescaper characters = new Unescaper(inner, '\'');
        Integer value = inner.isEmpty() ? null : characters.first();
        if (value == null) {
            throw new FunctionFailure("invalid syntax: " + quoted);
        }
        if (!characters.isAtEnd()) {
            throw new FunctionFailure("malformed character constant: " + quoted);
        }
        return value;
    }

    /** The value of a number: {@link Integer}, {@link Long} or {@link Double}. */
    static Object number(String text) {
        boolean hex = text.regionMatches(true, text.startsWith("+") || text.startsWith("-") ? 1 : 0, "0x", 0, 2);
        BigInteger integer = integer(text);
        if (integer != null) {
            if (integer.bitLength() > 64) {
                throw new FunctionFailure("integer overflow: " + Quoting.quote(text));
            }
            if (integer.compareTo(MIN_LONG) < 0 || integer.compareTo(MAX_LONG) > 0) {
                throw new FunctionFailure(text + " overflows int");
            }
            return integer(integer.longValue());
        }
        Double value = floating(text, hex);
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

    private static @Nullable Double floating(String text, boolean hex) {
        if (hex && !containsAny(text, "pP")) {
            return null;
        }
        for (int i = text.indexOf('_'); i >= 0; i = text.indexOf('_', i + 1)) {
            boolean separates = i > 0 && i + 1 < text.length() && isDigitOrPrefix(text.charAt(i - 1))
                    && isDigitOrPrefix(text.charAt(i + 1));
            if (!separates) {
                return null;
            }
        }
        try {
            double value = Double.parseDouble(text.replace("_", ""));
            return Double.isInfinite(value) ? null : (Double) value;
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private static boolean isDigitOrPrefix(char c) {
        return Character.digit(c, 16) >= 0 || c == 'x' || c == 'X';
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
