package dev.sidecarinjector.gotemplate;

import java.util.Locale;

/** The verbs of integers and floats. */
final class NumberFormat {
    private NumberFormat() {}

    /** Appends an integer; false if the verb is not one of integers. */
    static boolean integer(StringBuilder out, Flags flags, long value, int verb) {
        switch (verb) {
            case 'v', 'd' -> inBase(out, flags, value, 10, verb);
            case 'b' -> inBase(out, flags, value, 2, verb);
            case 'o', 'O' -> inBase(out, flags, value, 8, verb);
            case 'x', 'X' -> inBase(out, flags, value, 16, verb);
            case 'c' -> flags.pad(out, character(value));
            case 'q' -> flags.pad(out, Quoting.quote(character(value), '\'', flags.plus));
            case 'U' -> flags.padWithBlanks(out, unicode(flags, value));
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void inBase(StringBuilder out, Flags flags, long value, int base, int verb) {
        if (flags.precision == 0 && value == 0) {
            flags.padWithBlanks(out, "");
            return;
        }
        boolean negative = value < 0;
        String digits = Long.toUnsignedString(negative ? -value : value, base);
        if (verb == 'X') {
            digits = digits.toUpperCase(Locale.ROOT);
        }
        int least = flags.precision;
        if (least == Flags.ABSENT && flags.zero && !flags.minus && flags.width != Flags.ABSENT) {
            least = flags.width - (negative || flags.plus || flags.space ? 1 : 0);
        }
        StringBuilder number = new StringBuilder();
        if (negative || flags.plus || flags.space) {
            number.append(negative ? '-' : flags.plus ? '+' : ' ');
        }
        if (verb == 'O') {
            number.append("0o");
        }
        int zeros = Math.max(0, least - digits.length());
        if (flags.sharp) {
            boolean octalZero = base == 8 && zeros == 0 && digits.charAt(0) != '0';
            number.append(base == 2 ? "0b" : base == 16 ? "0" + (char) verb : octalZero ? "0" : "");
        }
        number.repeat('0', zeros).append(digits);
        flags.padWithBlanks(out, number);
    }

    private static String character(long value) {
        boolean valid = value >= 0 && value <= Character.MAX_CODE_POINT && (value < 0xD800 || value > 0xDFFF);
        return Character.toString(valid ? (int) value : 0xFFFD);
    }

    private static String unicode(Flags flags, long value) {
        String hex = Long.toHexString(value).toUpperCase(Locale.ROOT);
        StringBuilder text = new StringBuilder("U+");
        text.repeat('0', Math.max(0, Math.max(4, flags.precision) - hex.length())).append(hex);
        if (flags.sharp && value >= 0 && value <= Character.MAX_CODE_POINT && Quoting.isPrint((int) value)) {
            text.append(" '").appendCodePoint((int) value).append('\'');
        }
        return text.toString();
    }

    /** Appends a float; false if the verb is not one of floats. */
    static boolean floating(StringBuilder out, Flags flags, double value, int verb) {
        switch (verb) {
            case 'v' -> floating(out, flags, value, 'g', FloatFormat.SHORTEST);
            case 'b', 'g', 'G', 'x', 'X' -> floating(out, flags, value, (char) verb, FloatFormat.SHORTEST);
            case 'f', 'e', 'E' -> floating(out, flags, value, (char) verb, 6);
            case 'F' -> floating(out, flags, value, 'f', 6);
            default -> {
                return false;
            }
        }
        return true;
    }

    private static void floating(StringBuilder out, Flags flags, double value, char verb, int usualPrecision) {
        int precision = flags.precision == Flags.ABSENT ? usualPrecision : flags.precision;
        String text = FloatFormat.format(value, verb, precision);
        char sign = text.charAt(0) == '-' ? '-' : flags.plus ? '+' : flags.space ? ' ' : 0;
        String number = text.charAt(0) == '-' || text.charAt(0) == '+' ? text.substring(1) : text;
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            // An infinity shows its sign, as FormatFloat does; neither is filled up with zeros.
            boolean signed = sign == '-' || flags.plus || flags.space;
            flags.padWithBlanks(out, signed ? sign + number : Double.isNaN(value) ? number : "+" + number);
            return;
        }
        if (flags.sharp && verb != 'b') {
            number = withPoint(number, verb, precision);
        }
        if (sign == 0) {
            flags.pad(out, number);
        } else if (flags.zero && !flags.minus && flags.width > number.length() + 1) {
            out.append(sign).repeat('0', flags.width - number.length() - 1).append(number);
        } else {
            flags.pad(out, sign + number);
        }
    }

    /** The # flag: always a decimal point, and the trailing zeros that g drops. */
    private static String withPoint(String number, char verb, int precision) {
        boolean hex = verb == 'x' || verb == 'X';
        int digits = verb == 'g' || verb == 'G' || verb == 'x' ? precision < 0 ? 6 : precision : 0;
        int tail = tail(number, hex);
        boolean point = false;
        boolean significant = false;
        for (int i = 0; i < tail; i++) {
            char c = number.charAt(i);
            point |= c == '.';
            significant |= c != '.' && c != '0';
            digits -= c != '.' && significant ? 1 : 0;
        }
        StringBuilder out = new StringBuilder().append(number, 0, tail);
        if (!point) {
            digits -= tail == 1 && number.charAt(0) == '0' ? 1 : 0;
            out.append('.');
        }
        return out.repeat('0', Math.max(0, digits)).append(number, tail, number.length()).toString();
    }

    private static int tail(String number, boolean hex) {
        for (int i = 0; i < number.length(); i++) {
            char c = Character.toLowerCase(number.charAt(i));
            if (c == 'p' || (c == 'e' && !hex)) {
                return i;
            }
        }
        return number.length();
    }
}
