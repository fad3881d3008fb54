package dev.sidecarinjector.injection.render;

import java.math.BigDecimal;

/** Go's text of a duration. */
final class GoDuration {
    private GoDuration() {}

    /**
     * Go's {@code Duration.String} for at least a second: {@code 90s} gives {@code 1m30s}.
     *
     * @param seconds a decimal number with the suffix {@code s}, as protobuf JSON writes durations; another text is given back as it is
     */
    static String format(String seconds) {
        BigDecimal total;
        try {
            total = new BigDecimal(seconds.endsWith("s") ? seconds.substring(0, seconds.length() - 1) : seconds);
        } catch (NumberFormatException _) {
            return seconds;
        }
        if (total.signum() == 0) {
            return "0s";
        }
        if (total.signum() < 0) {
            return "-" + format(total.negate().toPlainString() + "s");
        }
        if (total.compareTo(BigDecimal.ONE) < 0) {
            return fraction(total);
        }
        long whole = total.longValue();
        String rest = plain(total.subtract(BigDecimal.valueOf(whole / 60 * 60))) + "s";
        if (whole < 60) {
            return rest;
        }
        String minutes = whole / 60 % 60 + "m" + rest;
        return whole < 3600 ? minutes : whole / 3600 + "h" + minutes;
    }

    private static String fraction(BigDecimal seconds) {
        if (seconds.compareTo(new BigDecimal("0.001")) >= 0) {
            return plain(seconds.movePointRight(3)) + "ms";
        }
        return seconds.compareTo(new BigDecimal("0.000001")) >= 0
                ? plain(seconds.movePointRight(6)) + "µs"
                : plain(seconds.movePointRight(9)) + "ns";
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
