package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.sprig.Encodings.CorruptInput;
import java.io.ByteArrayOutputStream;

/** Decodes base 64 as Go's encoding/base64 does: padding is a must, line ends may stand anywhere. */
final class StrictBase64 {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private final byte[] source;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int at;

    private StrictBase64(byte[] source) {
        this.source = source;
    }

    static byte[] decode(byte[] source) throws CorruptInput {
        StrictBase64 decoder = new StrictBase64(source);
        while (decoder.quantum()) {
            decoder.skipLineEnds();
        }
        return decoder.out.toByteArray();
    }

    /** Decodes four characters; says if there may be more. */
    private boolean quantum() throws CorruptInput {
        int bits = 0;
        for (int digits = 0; digits < 4;) {
            if (at == source.length) {
                if (digits == 0) {
                    return false;
                }
                throw new CorruptInput(at - digits);
            }
            int c = source[at++];
            int digit = ALPHABET.indexOf(c);
            if (digit >= 0) {
                bits = (bits << 6) | digit;
                digits++;
            } else if (c == '=') {
                end(digits);
                write(bits << (6 * (4 - digits)), digits - 1);
                return false;
            } else if (c != '\n' && c != '\r') {
                throw new CorruptInput(at - 1);
            }
        }
        write(bits, 3);
        return true;
    }

    /** Checks what may follow the first padding character. */
    private void end(int digits) throws CorruptInput {
        if (digits < 2) {
            throw new CorruptInput(at - 1);
        }
        if (digits == 2) {
            skipLineEnds();
            if (at == source.length) {
                throw new CorruptInput(at);
            }
            if (source[at] != '=') {
                throw new CorruptInput(at - 1);
            }
            at++;
        }
        skipLineEnds();
        if (at < source.length) {
            throw new CorruptInput(at);
        }
    }

    private void write(int bits, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write(bits >> (16 - 8 * i));
        }
    }

    private void skipLineEnds() {
        while (at < source.length && (source[at] == '\n' || source[at] == '\r')) {
            at++;
        }
    }
}
