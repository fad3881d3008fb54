package dev.sidecarinjector.capture.settings;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Values as a program in Go reads them from text. */
final class GoText {
    /** What {@link #uint16} gives for a number that is too large. */
    static final int TOO_LARGE = -2;
    static final int NO_NUMBER = -1;

    // An underscore stands between digits, or between the prefix and the first digit.
    private static final Pattern INTEGER = Pattern
            .compile("0[xX](?<hex>(_?[0-9a-fA-F])+)|0[bB](?<binary>(_?[01])+)|0[oO]?(?<octal>(_?[0-7])+)|(?<decimal>0|[1-9](_?[0-9])*)");
    private static final Pattern AMOUNT = Pattern.compile("(\\d+(?:\\.\\d*)?|\\.\\d+)(ns|us|µs|μs|ms|s|m|h)");
    private static final BigInteger LONGEST = BigInteger.valueOf(Long.MAX_VALUE);

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
        Matcher matcher = INTEGER.matcher(text);
        if (!matcher.matches()) {
            return NO_NUMBER;
        }
        BigInteger value = matcher.group("hex") != null
                ? digits(matcher.group("hex"), 16)
                : matcher.group("binary") != null
                        ? digits(matcher.group("binary"), 2)
                        : matcher.group("octal") != null ? digits(matcher.group("octal"), 8) : digits(matcher.group("decimal"), 10);
        return value.bitLength() > 16 ? TOO_LARGE : value.intValue();
    }

    private static BigInteger digits(String text, int base) {
        return new BigInteger(text.replace("_", ""), base);
    }

    /** {@code time.ParseDuration}; null for a text that is none. */
    static @Nullable Duration duration(String text) {
        boolean negative = text.startsWith("-");
        String amounts = negative || text.startsWith("+") ? text.substring(1) : text;
        if (amounts.equals("0")) {
            return Duration.ZERO;
        }
        Matcher matcher = AMOUNT.matcher(amounts);
        BigInteger total = BigInteger.ZERO;
        int end = 0;
        while (end < amounts.length()) {
            matcher.region(end, amounts.length());
            if (!matcher.lookingAt()) {
                return null;
            }
            total = total.add(new BigDecimal(matcher.group(1)).multiply(nanos(matcher.group(2))).toBigInteger());
            end = matcher.end();
        }
        if (end == 0 || total.compareTo(LONGEST) > 0) {
            return null;
        }
        return Duration.ofNanos(negative ? -total.longValue() : total.longValue());
    }

    private static BigDecimal nanos(String unit) {
        return new BigDecimal(switch (unit) {
            case "ns" -> 1L;
            case "ms" -> 1_000_000L;
            case "s" -> 1_000_000_000L;
            case "m" -> 60_000_000_000L;
            case "h" -> 3_600_000_000_000L;
            default -> 1_000L;
        });
    }
}
