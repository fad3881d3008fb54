package dev.sidecarinjector.gotemplate.sprig;

import org.jspecify.annotations.Nullable;

/** Go's spelling of a length of time in nanoseconds: {@code 1h15m0.5s}. */
final class GoDuration {
    static final long SECOND = 1_000_000_000L;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;

    private GoDuration() {}

    /** Nanoseconds; null if the text is no duration or out of range. */
    static @Nullable Long parse(String text) {
        boolean negative = text.startsWith("-");
        int at = negative || text.startsWith("+") ? 1 : 0;
        if (text.substring(at).equals("0")) {
            return 0L;
        }
        if (at == text.length()) {
            return null;
        }
        double sum = 0;
        long total = 0;
        while (at < text.length()) {
            int number = end(text, at, true);
            int unitEnd = end(text, number, false);
            long unit = unit(text.substring(number, unitEnd));
            String digits = text.substring(at, number);
            if (unit == 0 || !digits.chars().anyMatch(c -> c != '.') || digits.indexOf('.') != digits.lastIndexOf('.')) {
                return null;
            }
            long nanos = nanos(digits, unit);
            sum += nanos;
            total += nanos;
            at = unitEnd;
        }
        return sum > Long.MAX_VALUE || total < 0 ? null : negative ? -total : total;
    }

    /** Where the number, or else the unit, ends that starts here. */
    private static int end(String text, int from, boolean number) {
        int end = from;
        while (end < text.length() && (text.charAt(end) == '.' || (text.charAt(end) >= '0' && text.charAt(end) <= '9')) == number) {
            end++;
        }
        return end;
    }

    private static long nanos(String digits, long unit) {
        int dot = digits.indexOf('.');
        String whole = dot < 0 ? digits : digits.substring(0, dot);
        Long count = whole.isEmpty() ? Long.valueOf(0) : GoNumbers.parseInt(whole, 10);
        if (count == null || count > Long.MAX_VALUE / unit) {
            return Long.MAX_VALUE;
        }
        double fraction = dot < 0 ? 0 : Double.parseDouble("0" + digits.substring(dot));
        return count * unit + (long) (fraction * unit);
    }

    private static long unit(String name) {
        return switch (name) {
            case "ns" -> 1;
            case "us", "µs", "μs" -> 1_000;
            case "ms" -> 1_000_000;
            case "s" -> SECOND;
            case "m" -> MINUTE;
            case "h" -> HOUR;
            default -> 0;
        };
    }

    static String format(long nanos) {
        if (nanos == 0) {
            return "0s";
        }
        String sign = nanos < 0 ? "-" : "";
        long size = Math.abs(nanos);
        if (size < SECOND) {
            String unit = size < 1_000 ? "ns" : size < 1_000_000 ? "µs" : "ms";
            return sign + decimal(size, unit(unit)) + unit;
        }
        long minutes = size / MINUTE;
        String seconds = decimal(size % MINUTE, SECOND) + "s";
        if (minutes == 0) {
            return sign + seconds;
        }
        return sign + (minutes < 60 ? "" : minutes / 60 + "h") + minutes % 60 + "m" + seconds;
    }

    /** So many units, with all decimal places that are not zero. */
    private static String decimal(long nanos, long unit) {
        String fraction = nanos % unit == 0 ? "" : Long.toString(unit + nanos % unit).substring(1);
        int end = fraction.length();
        while (end > 0 && fraction.charAt(end - 1) == '0') {
            end--;
        }
        return nanos / unit + (end == 0 ? "" : "." + fraction.substring(0, end));
    }

    /** The number of the largest unit of which there is more than one. */
    static String rounded(long nanos) {
        long day = 24 * HOUR;
        if (nanos > 365 * day) {
            return nanos / (365 * day) + "y";
        }
        if (nanos > 30 * day) {
            return nanos / (30 * day) + "mo";
        }
        if (nanos > day) {
            return nanos / day + "d";
        }
        if (nanos > HOUR) {
            return nanos / HOUR + "h";
        }
        if (nanos > MINUTE) {
            return nanos / MINUTE + "m";
        }
        return nanos > SECOND ? nanos / SECOND + "s" : "0s";
    }
}
