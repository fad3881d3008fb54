package dev.sidecarinjector.gotemplate;

import java.nio.charset.StandardCharsets;

/**
 * A Go string as a Java string, without loss. Go's strings are bytes, mostly UTF-8; a byte that is not part of a valid sequence (a text cut
 * within a character, decoded binary data) is kept as one lone low surrogate, U+DC00 plus the byte.
 */
public final class Utf8 {
    private Utf8() {}

    /** The bytes of a Go string. */
    public static byte[] bytes(String text) {
        if (!hasLoneSurrogate(text)) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
        byte[] out = new byte[length(text)];
        int size = 0;
        for (int i = 0; i < text.length();) {
            int c = text.codePointAt(i);
            int next = i + Character.charCount(c);
            if (isRawByte(c)) {
                out[size++] = (byte) c;
            } else {
                String character = Character.isSurrogate((char) c) && next == i + 1 ? "\uFFFD" : text.substring(i, next);
                byte[] one = character.getBytes(StandardCharsets.UTF_8);
                System.arraycopy(one, 0, out, size, one.length);
                size += one.length;
            }
            i = next;
        }
        return out;
    }

    /** The Go string with these bytes. */
    public static String text(byte[] bytes) {
        return text(bytes, 0, bytes.length);
    }

    /** The Go string with the bytes from start (inclusive) to end (exclusive). */
    public static String text(byte[] bytes, int start, int end) {
        StringBuilder out = new StringBuilder(end - start);
        for (int i = start; i < end;) {
            int length = sequence(bytes, i, end);
            if (length == 0) {
                out.append((char) (0xDC00 + (bytes[i++] & 0xFF)));
            } else {
                out.appendCodePoint(decode(bytes, i, length));
                i += length;
            }
        }
        return out.toString();
    }

    /** Go's {@code len} of a string: the number of its bytes. */
    public static int length(String text) {
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                length++;
            } else if (c < 0x800) {
                length += 2;
            } else if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                length += 4;
                i++;
            } else {
                length += isRawByte(c) ? 1 : 3;
            }
        }
        return length;
    }

    /** The order of Go's {@code <} on strings: by bytes. */
    public static int compare(String a, String b) {
        int common = Math.min(a.length(), b.length());
        for (int i = 0; i < common; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                // Surrogates stand for code points above all other chars.
                boolean high = Character.isSurrogate(x);
                return high == Character.isSurrogate(y) ? Character.compare(x, y) : high ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }

    /** Whether a code point stands for a byte that is not UTF-8. */
    public static boolean isRawByte(int codePoint) {
        return codePoint >= 0xDC80 && codePoint <= 0xDCFF;
    }

    private static boolean hasLoneSurrogate(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                if (Character.charCount(text.codePointAt(i)) == 1) {
                    return true;
                }
                i++;
            }
        }
        return false;
    }

    /** How many bytes the valid sequence at an index has; 0 if there is none. */
    private static int sequence(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xFF;
        int length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : first < 0xF5 ? 4 : 0;
        if (length == 0 || at + length > end) {
            return 0;
        }
        for (int i = 1; i < length; i++) {
            if ((bytes[at + i] & 0xC0) != 0x80) {
                return 0;
            }
        }
        int second = length > 1 ? bytes[at + 1] & 0xFF : 0;
        boolean wrong = switch (first) {
            case 0xE0 -> second < 0xA0;
            case 0xED -> second > 0x9F;
            case 0xF0 -> second < 0x90;
            case 0xF4 -> second > 0x8F;
            default -> false;
        };
        return wrong ? 0 : length;
    }

    private static int decode(byte[] bytes, int at, int length) {
        int first = bytes[at] & 0xFF;
        int result = length == 1 ? first : first & (0xFF >> (length + 1));
        for (int i = 1; i < length; i++) {
            result = (result << 6) | (bytes[at + i] & 0x3F);
        }
        return result;
    }
}
