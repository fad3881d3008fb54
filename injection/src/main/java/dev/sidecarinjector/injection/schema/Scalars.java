package dev.sidecarinjector.injection.schema;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import tools.jackson.databind.JsonNode;

/** The texts that Go makes of scalars. */
final class Scalars {
    private Scalars() {}

    /** A scalar that stands where a string belongs: fractions in their shortest form, with an exponent below -4 and from 6 on. */
    static String text(JsonNode scalar) {
        return scalar.isFloatingPointNumber() ? shortest(scalar.doubleValue()) : scalar.asString();
    }

    /** {@code strconv.FormatFloat(value, 'g', -1, 64)}. */
    private static String shortest(double value) {
        if (value == 0) {
            return "0";
        }
        BigDecimal digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = digits.precision() - digits.scale() - 1;
        if (exponent >= -4 && exponent < 6) {
            return digits.toPlainString();
        }
        String text = GoJsonText.exponential(digits);
        int sign = text.indexOf('e') + 1;
        return text.length() - sign - 1 < 2 ? text.substring(0, sign + 1) + "0" + text.substring(sign + 1) : text;
    }

    /** A point in time as {@code metav1.Time} prints it: UTC, whole seconds. A text that is none stays. */
    static String time(String text) {
        try {
            return DateTimeFormatter.ISO_INSTANT
                    .format(OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC).truncatedTo(ChronoUnit.SECONDS));
        } catch (DateTimeParseException _) {
            return text;
        }
    }
}
