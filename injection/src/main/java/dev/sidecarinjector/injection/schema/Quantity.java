package dev.sidecarinjector.injection.schema;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/**
 * Kubernetes' {@code resource.Quantity}: a number and a suffix, and the one text that its canonical form has. Source: the documentation of
 * package {@code k8s.io/apimachinery/pkg/api/resource}, checked against its results.
 */
final class Quantity {
    private static final int SMALLEST_EXPONENT = -9;
    private static final int MOST_DIGITS = 18;
    private static final BigDecimal LARGEST_BINARY = new BigDecimal(Long.MAX_VALUE);
    private static final BigInteger KIBI = BigInteger.valueOf(1024);
    private static final String[] DECIMAL = {"n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
    private static final String[] BINARY = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};

    private enum Format {
        DECIMAL, EXPONENT, BINARY
    }

    private final String text;
    private final String digits;
    private final int decimals;
    private final boolean negative;
    private final Format format;
    /** Of ten, or of two where the format is binary. */
    private final int exponent;

    private Quantity(String text, String digits, int decimals, boolean negative, Format format, int exponent) {
        this.text = text;
        this.digits = digits;
        this.decimals = decimals;
        this.negative = negative;
        this.format = format;
        this.exponent = exponent;
    }

    /** Reads a quantity; null where the text is none. As in Kubernetes, a suffix alone is zero. */
    static @Nullable Quantity parse(String text) {
        int start = text.startsWith("+") || text.startsWith("-") ? 1 : 0;
        int point = digitsEnd(text, start);
        int end = point < text.length() && text.charAt(point) == '.' ? digitsEnd(text, point + 1) : point;
        int decimals = Math.max(0, end - point - 1);
        String whole = withoutLeadingZeros(text.substring(start, point));
        String suffix = text.substring(end);
        Format format = format(suffix);
        if (text.isEmpty() || format == null) {
            return null;
        }
        int exponent = exponent(suffix, format);
        return exponent == Integer.MIN_VALUE
                ? null
                : new Quantity(text, end > point ? whole + text.substring(point + 1, end) : whole, decimals, text.startsWith("-"), format,
                        exponent);
    }

    /** The text that Kubernetes prints. */
    String canonical() {
        if (isPrintedAsRead()) {
            return text;
        }
        BigDecimal amount = amount();
        if (amount.signum() == 0) {
            return "0";
        }
        if (format == Format.BINARY && amount.abs().compareTo(new BigDecimal(KIBI)) >= 0 && isWhole(amount)) {
            return binary(amount.toBigIntegerExact());
        }
        return decimal(amount.stripTrailingZeros());
    }

    /** A text that is nearly canonical is kept as it is, trailing zeros of the fraction included. */
    private boolean isPrintedAsRead() {
        if (format == Format.BINARY) {
            int room = 15 - digits.length() - (int) ((float) exponent * 3 / 10) - 1;
            return decimals == 0 && room >= 0 && (Long.parseLong(digits) & 7) != 0;
        }
        int scale = exponent - decimals;
        return digits.length() <= MOST_DIGITS && scale >= SMALLEST_EXPONENT && scale % 3 == 0 && !digits.endsWith("000")
                && digits.charAt(0) != '0';
    }

    private BigDecimal amount() {
        BigDecimal amount = new BigDecimal(new BigInteger(digits), decimals);
        amount = format == Format.BINARY
                ? amount.multiply(new BigDecimal(BigInteger.ONE.shiftLeft(exponent)))
                : amount.scaleByPowerOfTen(exponent);
        if (amount.scale() > -SMALLEST_EXPONENT) {
            amount = amount.setScale(-SMALLEST_EXPONENT, RoundingMode.UP);
        }
        if (format == Format.BINARY) {
            amount = amount.min(LARGEST_BINARY);
        }
        return negative ? amount.negate() : amount;
    }

    private static boolean isWhole(BigDecimal amount) {
        return amount.stripTrailingZeros().scale() <= 0;
    }

    private static String binary(BigInteger amount) {
        int power = 0;
        BigInteger rest = amount;
        while (power < BINARY.length - 1 && rest.mod(KIBI).signum() == 0) {
            rest = rest.divide(KIBI);
            power++;
        }
        return rest + BINARY[power];
    }

    private String decimal(BigDecimal amount) {
        int power = Math.floorDiv(-amount.scale(), 3) * 3;
        BigInteger mantissa = amount.movePointLeft(power).toBigIntegerExact();
        if (format == Format.EXPONENT) {
            return power == 0 ? mantissa.toString() : mantissa + "e" + power;
        }
        int index = (power - SMALLEST_EXPONENT) / 3;
        return index < DECIMAL.length ? mantissa + DECIMAL[index] : text;
    }

    private static @Nullable Format format(String suffix) {
        return switch (suffix) {
            case "", "n", "u", "m", "k", "M", "G", "T", "P", "E" -> Format.DECIMAL;
            case "Ki", "Mi", "Gi", "Ti", "Pi", "Ei" -> Format.BINARY;
            default -> suffix.charAt(0) == 'e' || suffix.charAt(0) == 'E' ? Format.EXPONENT : null;
        };
    }

    /** The exponent that a suffix stands for; the smallest integer where it is malformed. */
    private static int exponent(String suffix, Format format) {
        return switch (format) {
            case DECIMAL -> index(DECIMAL, suffix) * 3 + SMALLEST_EXPONENT;
            case BINARY -> index(BINARY, suffix) * 10;
            case EXPONENT -> {
                int start = suffix.length() > 1 && (suffix.charAt(1) == '+' || suffix.charAt(1) == '-') ? 2 : 1;
                int length = suffix.length() - start;
                yield length < 1 || length > 3 || digitsEnd(suffix, start) < suffix.length()
                        ? Integer.MIN_VALUE
                        : Integer.parseInt(suffix, 1, suffix.length(), 10);
            }
        };
    }

    private static int index(String[] suffixes, String suffix) {
        int index = 0;
        while (!suffixes[index].equals(suffix)) {
            index++;
        }
        return index;
    }

    private static String withoutLeadingZeros(String digits) {
        int start = 0;
        while (start < digits.length() && digits.charAt(start) == '0') {
            start++;
        }
        return start == digits.length() ? "0" : digits.substring(start);
    }

    private static int digitsEnd(String text, int start) {
        int end = start;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }
}
