package dev.sidecarinjector.gotemplate;

import java.util.Locale;

/** Go's quoted strings and characters. */
final class Quoting {
    private static final String HEX = "0123456789abcdef";

    private Quoting() {}

    /** {@code strconv.Quote} */
    static String quote(String text) {
        return quote(text, '"', false);
    }

    /** The text in quotes with Go's escapes; asciiOnly escapes all other characters too. */
    static String quote(String text, char quote, boolean asciiOnly) {
        int plain = plainLength(text, quote);
        StringBuilder out = new StringBuilder(text.length() + 8).append(quote).append(text, 0, plain);
        for (int i = plain; i < text.length();) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            escape(out, c, quote, asciiOnly);
        }
        return out.append(quote).toString();
    }

    /** How many characters at the start stand for themselves; most texts have no others. */
    private static int plainLength(String text, char quote) {
        int i = 0;
        while (i < text.length() && text.charAt(i) >= ' ' && text.charAt(i) < 0x7F && text.charAt(i) != quote && text.charAt(i) != '\\') {
            i++;
        }
        return i;
    }

    private static void escape(StringBuilder out, int c, char quote, boolean asciiOnly) {
        if (c == quote || c == '\\') {
            out.append('\\').append((char) c);
        } else if (asciiOnly ? c < 0x80 && isPrint(c) : isPrint(c)) {
            out.appendCodePoint(c);
        } else if (Utf8.isRawByte(c)) {
            hex(out.append("\\x"), c & 0xFF, 2);
        } else {
            control(out, c);
        }
    }

    private static void control(StringBuilder out, int c) {
        switch (c) {
            case 7 -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            case 11 -> out.append("\\v");
            default -> {
                if (c < ' ' || c == 0x7F) {
                    hex(out.append("\\x"), c, 2);
                } else if (c < 0x10000) {
                    hex(out.append("\\u"), c, 4);
                } else {
                    hex(out.append("\\U"), c, 8);
                }
            }
        }
    }

    private static void hex(StringBuilder out, int value, int digits) {
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            out.append(HEX.charAt(value >> shift & 0xF));
        }
    }

    /** {@code strconv.IsPrint}: letters, marks, numbers, punctuation, symbols and the blank. */
    static boolean isPrint(int c) {
        if (c < 0x7F) {
            return c >= ' ';
        }
        return switch (Character.getType(c)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED -> false;
            case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** {@code strconv.CanBackquote} */
    static boolean canBackquote(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean bad = (c < ' ' && c != '\t') || c == '`' || c == 0x7F || c == 0xFEFF;
            if (bad || isLoneByte(text, i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isLoneByte(String text, int at) {
        return Utf8.isRawByte(text.charAt(at)) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    /** A character in an error message, as {@code %#U}: {@code U+0040 '@'}; -1 is the end of the text. */
    static String unicode(int c) {
        String hex = c < 0 ? "FFFFFFFFFFFFFFFF" : Integer.toHexString(c).toUpperCase(Locale.ROOT);
        StringBuilder out = new StringBuilder("U+").repeat('0', Math.max(0, 4 - hex.length())).append(hex);
        if (c >= 0 && isPrint(c)) {
            out.append(" '").appendCodePoint(c).append('\'');
        }
        return out.toString();
    }
}
