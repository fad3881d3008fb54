package dev.sidecarinjector.injection.yaml;

import java.time.DateTimeException;
import java.time.LocalDate;

/** Recognises what some readers of YAML 1.1 take for a timestamp or for a number in base 60, so that the writer quotes it. */
final class DateOrBase60 {
    private final String text;
    private int at;

    private DateOrBase60(String text) {
        this.text = text;
    }

    static boolean matches(String text) {
        return (text.indexOf(':') > 0 && new DateOrBase60(text).base60()) || (text.length() >= 8 && new DateOrBase60(text).timestamp());
    }

    /** {@code [-+]?\d[\d_]*(:[0-5]?\d)+(\.[\d_]*)?}. */
    private boolean base60() {
        if (peek() == '-' || peek() == '+') {
            at++;
        }
        if (!isDigit()) {
            return false;
        }
        digitsOrUnderscores();
        int groups = 0;
        for (; peek() == ':'; groups++) {
            int value = number(1, 2, 0, 59, ':');
            if (value < 0) {
                return false;
            }
        }
        if (peek() == '.') {
            at++;
            digitsOrUnderscores();
        }
        return groups > 0 && at == text.length();
    }

    private void digitsOrUnderscores() {
        while (isDigit() || peek() == '_') {
            at++;
        }
    }

    /** A date, or a date with a time that has a zone after {@code T} and none after a blank. */
    private boolean timestamp() {
        at = -1;
        int year = number(4, 4, 0, 9999, '\0');
        int month = number(1, 2, 1, 12, '-');
        int day = number(1, 2, 1, 31, '-');
        if (year < 0 || month < 0 || day < 0 || !isDate(year, month, day)) {
            return false;
        }
        char separator = peek();
        if (at == text.length()) {
            return true;
        }
        if (separator != 'T' && separator != 't' && separator != ' ') {
            return false;
        }
        boolean time = number(1, 2, 0, 23, separator) >= 0 && number(1, 2, 0, 59, ':') >= 0 && number(1, 2, 0, 59, ':') >= 0 && fraction();
        return time && (separator == ' ' || zone()) && at == text.length();
    }

    private static boolean isDate(int year, int month, int day) {
        try {
            return LocalDate.of(year, month, day).getDayOfMonth() == day;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private boolean fraction() {
        if (peek() == '.' || peek() == ',') {
            at++;
            if (!isDigit()) {
                return false;
            }
            while (isDigit()) {
                at++;
            }
        }
        return true;
    }

    private boolean zone() {
        if (peek() == 'Z') {
            at++;
            return true;
        }
        char sign = peek();
        return (sign == '+' || sign == '-') && number(2, 2, 0, 24, sign) >= 0 && number(2, 2, 0, 60, ':') >= 0;
    }

    /** The number after a separator, or -1; the separator of the very first number lies before the text. */
    private int number(int minDigits, int maxDigits, int from, int to, char separator) {
        if (at >= 0 && peek() != separator) {
            return -1;
        }
        int start = ++at;
        int value = 0;
        while (at - start < maxDigits && isDigit()) {
            value = value * 10 + peek() - '0';
            at++;
        }
        return at - start < minDigits || value < from || value > to ? -1 : value;
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean isDigit() {
        return peek() >= '0' && peek() <= '9';
    }
}
