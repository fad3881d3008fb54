package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.sprig.Encodings.CorruptInput;
import java.io.ByteArrayOutputStream;

/** Base 32 (RFC 4648), with the decoder's errors as Go's encoding/base32 has them. */
final class Base32 {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    private Base32() {}

    static String encode(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < bytes.length; i += 5) {
            long bits = 0;
            int present = Math.min(5, bytes.length - i);
            for (int k = 0; k < 5; k++) {
                bits = (bits << 8) | (k < present ? bytes[i + k] & 0xFF : 0);
            }
            int digits = (present * 8 + 4) / 5;
            for (int k = 0; k < 8; k++) {
                out.append(k < digits ? ALPHABET.charAt((int) (bits >> (35 - 5 * k)) & 31) : '=');
            }
        }
        return out.toString();
    }

    static byte[] decode(byte[] source) throws CorruptInput {
        byte[] text = withoutLineEnds(source);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = 0;
        while (at < text.length) {
            long bits = 0;
            int digits = 0;
            for (; digits < 8; digits++, at++) {
                if (at == text.length) {
                    throw new CorruptInput(at - digits);
                }
                if (text[at] == '=' && digits >= 2 && text.length - at <= 8) {
                    checkPadding(text, at, digits);
                    at = text.length;
                    break;
                }
                int digit = ALPHABET.indexOf(text[at]);
                if (digit < 0) {
                    throw new CorruptInput(at);
                }
                bits |= (long) digit << (35 - 5 * digits);
            }
            for (int k = 0; k < digits * 5 / 8; k++) {
                out.write((int) (bits >> (32 - 8 * k)));
            }
        }
        return out.toByteArray();
    }

    private static void checkPadding(byte[] text, int at, int digits) throws CorruptInput {
        int after = at + 1;
        if (text.length - after + digits < 7) {
            throw new CorruptInput(text.length);
        }
        for (int k = 0; k < 7 - digits; k++) {
            if (text[after + k] != '=') {
                throw new CorruptInput(after + k - 1);
            }
        }
        if (digits == 3 || digits == 6) {
            throw new CorruptInput(at);
        }
    }

    private static byte[] withoutLineEnds(byte[] source) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(source.length);
        for (byte b : source) {
            if (b != '\n' && b != '\r') {
                out.write(b);
            }
        }
        return out.toByteArray();
    }
}
