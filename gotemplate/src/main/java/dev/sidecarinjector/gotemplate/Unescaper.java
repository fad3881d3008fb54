package dev.sidecarinjector.gotemplate;

import org.jspecify.annotations.Nullable;

/** Reads the escapes of Go's interpreted strings and characters. */
final class Unescaper {
    private static final int MALFORMED = -1;

    private final String text;
    private final char quote;
    private int pos;
    private boolean rawByte;

    Unescaper(String text, char quote) {
        this.text = text;
        this.quote = quote;
    }

    /** The whole text; null if an escape is malformed. */
    @Nullable
    String text() {
        StringBuilder out = new StringBuilder(text.length());
        boolean bytes = false;
        while (pos < text.length()) {
            int c = next();
            if (c == MALFORMED) {
                return null;
            }
            bytes |= rawByte && c >= 0x80;
            out.appendCodePoint(rawByte && c >= 0x80 ? 0xDC00 + c : c);
        }
        // Escaped bytes next to each other may form a character.
        return bytes ? Utf8.text(Utf8.bytes(out.toString())) : out.toString();
    }

    /** The first character; null if it is malformed. */
    @Nullable
    Integer first() {
        int c = text.charAt(pos) == quote ? MALFORMED : next();
        return c == MALFORMED ? null : (Integer) c;
    }

    boolean isAtEnd() {
        return pos >= text.length();
    }

    private int next() {
        int c = text.codePointAt(pos);
        pos += Character.charCount(c);
        rawByte = false;
        if (c != '\\') {
            return c;
        }
        if (pos >= text.length()) {
            return MALFORMED;
        }
        char escape = text.charAt(pos++);
        return switch (escape) {
            case 'a' -> 7;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 11;
            case '\\' -> '\\';
            case '\'', '"' -> escape == quote ? escape : MALFORMED;
            case 'x' -> byteOf(digits(2, 16));
            case 'u' -> codePoint(digits(4, 16));
            case 'U' -> codePoint(digits(8, 16));
            case '0', '1', '2', '3', '4', '5', '6', '7' -> octal();
            default -> MALFORMED;
        };
    }

    private int octal() {
        pos--;
        long value = digits(3, 8);
        return byteOf(value > 255 ? MALFORMED : value);
    }

    private int byteOf(long value) {
        rawByte = true;
        return (int) value;
    }

    private static int codePoint(long value) {
        boolean valid = value >= 0 && value <= Character.MAX_CODE_POINT && (value < 0xD800 || value > 0xDFFF);
        return valid ? (int) value : MALFORMED;
    }

    private long digits(int count, int base) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            int digit = pos < text.length() ? Character.digit(text.charAt(pos++), base) : -1;
            if (digit < 0) {
                return MALFORMED;
            }
            value = value * base + digit;
        }
        return value;
    }
}
