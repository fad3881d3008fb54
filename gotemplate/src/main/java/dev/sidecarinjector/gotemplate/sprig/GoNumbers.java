package dev.sidecarinjector.gotemplate.sprig;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Go's spellings of numbers, package strconv. */
final class GoNumbers {
    private GoNumbers() {}

    /**
     * A whole number that fits 64 bits; null if the text is none.
     *
     * @param base 0: as the prefix says ({@code 0x}, {@code 0o} or {@code 0}, {@code 0b}), with underscores between digits
     */
    static @Nullable Long parseInt(String text, int base) {
        int at = !text.isEmpty() && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        boolean negative = at == 1 && text.charAt(0) == '-';
        String digits = text.substring(at);
        int radix = base;
        if (base == 0) {
            int prefix = prefixLength(digits);
            radix = prefix == 0 ? 10 : radix(digits, prefix);
            if (!underscoresSeparate(digits, prefix)) {
                return null;
            }
            digits = digits.substring(prefix).replace("_", "");
        }
        if (digits.isEmpty() || !Character.isLetterOrDigit(digits.charAt(0))) {
            return null;
        }
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) >= 0x80) {
                return null;
            }
        }
        try {
            return Long.parseLong(negative ? "-" + digits : digits, radix);
        } catch (NumberFormatException _) {
            return null;
        }
    }

    private static int prefixLength(String digits) {
        if (digits.length() < 2 || digits.charAt(0) != '0') {
            return 0;
        }
        return switch (digits.charAt(1)) {
            case 'x', 'X', 'b', 'B', 'o', 'O' -> digits.length() > 2 ? 2 : 1;
            default -> 1;
        };
    }

    private static int radix(String digits, int prefix) {
        return prefix == 1 ? 8 : switch (digits.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'b', 'B' -> 2;
            default -> 8;
        };
    }

    /** Every underscore has a digit, or the prefix, before it and a digit after it. */
    private static boolean underscoresSeparate(String digits, int prefix) {
        for (int i = 0; i < digits.length(); i++) {
            if (digits.charAt(i) == '_' && (i < Math.max(1, prefix) || i + 1 == digits.length() || digits.charAt(i + 1) == '_')) {
                return false;
            }
        }
        return true;
    }

    /** A floating-point number; null if the text is none or is out of range. */
    static @Nullable Double parseFloat(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        String unsigned = lower.startsWith("+") || lower.startsWith("-") ? lower.substring(1) : lower;
        if (unsigned.equals("nan")) {
            return unsigned.length() == lower.length() ? Double.NaN : null;
        }
        if (unsigned.equals("inf") || unsigned.equals("infinity")) {
            return lower.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        }
        boolean hex = unsigned.startsWith("0x");
        if (lower.indexOf('_') >= 0 && !underscoresSeparate(unsigned, hex ? 2 : 0)) {
            return null;
        }
        String plain = lower.replace("_", "");
        if (!(hex ? Syntax.HEX : Syntax.DECIMAL).matcher(plain).matches()) {
            return null;
        }
        double value = Double.parseDouble(plain);
        return Double.isInfinite(value) ? null : value;
    }

    private static final class Syntax {
        static final Pattern DECIMAL = Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:e[+-]?[0-9]+)?");
        static final Pattern HEX = Pattern.compile("[+-]?0x(?:[0-9a-f]+\\.?[0-9a-f]*|\\.[0-9a-f]+)p[+-]?[0-9]+");

        private Syntax() {}
    }
}
