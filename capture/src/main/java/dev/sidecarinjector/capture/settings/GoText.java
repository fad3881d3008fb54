package dev.sidecarinjector.capture.settings;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values as a program in Go reads them from text. */
final class GoText {
    /** What {@link #uint16} gives for a number that is too large. */
    static final int TOO_LARGE = -2;
    static final int NO_NUMBER = -1;

    /** All ways to write values; made where one is not written in the usual one, since the first expression of a process takes a millisecond. */
    private static final class Shapes {
        // An underscore stands between digits, or between the prefix and the first digit.
        static final Pattern INTEGER = Pattern
                .compile(
                        "0[xX](?<hex>(_?[0-9a-fA-F])+)|0[bB](?<binary>(_?[01])+)|0[oO]?(?<octal>(_?[0-7])+)|(?<decimal>0|[1-9](_?[0-9])*)");
        static final Pattern AMOUNT = Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");

        private Shapes() {}
    }

    private static final int MOST = 0xffff;
    private static final long SMALLEST = 1_000_000_000_000_000L;

    private GoText() {}

    /** {@code strconv.ParseBool}; null for any other word. */
    static @Nullable Boolean bool(String text) {
        return switch (text) {
            case "1", "t", "T", "TRUE", "true", "True" -> true;
            case "0", "f", "F", "FALSE", "false", "False" -> false;
            default -> null;
        };
    }

    /** {@code strconv.ParseUint(text, 0, 16)}; {@link #NO_NUMBER} or {@link #TOO_LARGE} where there is no value. */
    static int uint16(String text) {
        if (isPlain(text, text.length())) {
            return digits(text, 10);
        }
        Matcher matcher = Shapes.INTEGER.matcher(text);
        if (!matcher.matches()) {
            return NO_NUMBER;
        }
        return matcher.group("hex") != null
                ? digits(matcher.group("hex"), 16)
                : matcher.group("binary") != null
                        ? digits(matcher.group("binary"), 2)
                        : matcher.group("octal") != null ? digits(matcher.group("octal"), 8) : digits(matcher.group("decimal"), 10);
    }

    /** One to five digits, of which the first is no zero. */
    private static boolean isPlain(String text, int end) {
        return isNumber(text, end, 5) && text.charAt(0) != '0';
    }

    /**
     * Whether what stands before {@code end} are digits, at least one and at most {@code longest}. Without an expression: nearly all values are numbers, and the first
     * expression of a process takes a millisecond.
     */
    static boolean isNumber(String text, int end, int longest) {
        for (int i = 0; i < end; i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return end > 0 && end <= longest;
    }

    private static int digits(String text, int base) {
        int value = 0;
        for (int i = 0; i < text.length() && value <= MOST; i++) {
            if (text.charAt(i) != '_') {
                value = value * base + Character.digit(text.charAt(i), base);
            }
        }
        return value > MOST ? TOO_LARGE : value;
    }

    /** {@code time.ParseDuration}; null for a text that is none. */
    static @Nullable Duration duration(String text) {
        boolean negative = text.startsWith("-");
        String amounts = negative || text.startsWith("+") ? text.substring(1) : text;
        if (amounts.equals("0")) {
            return Duration.ZERO;
        }
        int last = amounts.length() - 1;
        if (amounts.endsWith("s") && isPlain(amounts, last)) {
            long seconds = Long.parseLong(amounts, 0, last, 10);
            return Duration.ofSeconds(negative ? -seconds : seconds);
        }
        Matcher matcher = Shapes.AMOUNT.matcher(amounts);
        long total = 0;
        int end = 0;
        while (end < amounts.length()) {
            matcher.region(end, amounts.length());
            if (!matcher.lookingAt()) {
                return null;
            }
            long amount = nanos(matcher.group(1), nanos(matcher.group(2)));
            total += amount;
            if (amount < 0 || total < 0) {
                return null;
            }
            end = matcher.end();
        }
        return end == 0 ? null : Duration.ofNanos(negative ? -total : total);
    }

    /** By hand, since the JDK's decimal numbers take longer to load than everything else together; negative where there is no room for so much. */
    private static long nanos(String number, long unit) {
        int point = number.indexOf('.');
        String whole = point < 0 ? number : number.substring(0, point);
        long value = 0;
        for (int i = 0; i < whole.length(); i++) {
            int digit = whole.charAt(i) - '0';
            if (value > (Long.MAX_VALUE - digit) / 10) {
                return -1;
            }
            value = value * 10 + digit;
        }
        if (value > Long.MAX_VALUE / unit) {
            return -1;
        }
        long fraction = 0;
        long scale = 1;
        // What is smaller than the fraction of a fraction of a nanosecond makes no difference.
        for (int i = point + 1; point >= 0 && i < number.length() && scale < SMALLEST; i++) {
            fraction = fraction * 10 + (number.charAt(i) - '0');
            scale *= 10;
        }
        return value * unit + (long) (fraction * ((double) unit / scale));
    }

    private static long nanos(String unit) {
        return switch (unit) {
            case "ns" -> 1L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 1_000L;
        };
    }
}
