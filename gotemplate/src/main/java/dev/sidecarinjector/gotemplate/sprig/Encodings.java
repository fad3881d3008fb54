package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.Function;
import dev.sidecarinjector.gotemplate.Utf8;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.zip.Adler32;
import org.jspecify.annotations.Nullable;

/** Checksums, and texts in base 64 and base 32. */
final class Encodings {
    private Encodings() {}

    static @Nullable Function find(String name) {
        return switch (name) {
            case "b64enc" -> call -> Base64.getEncoder().encodeToString(encoded(call));
            case "b32enc" -> call -> Base32.encode(encoded(call));
            case "b64dec" -> call -> decode64(only(call));
            case "b32dec" -> call -> decode32(only(call));
            case "sha1sum" -> call -> digest("SHA-1", encoded(call));
            case "sha256sum" -> call -> digest("SHA-256", encoded(call));
            case "sha512sum" -> call -> digest("SHA-512", encoded(call));
            case "adler32sum" -> call -> adler32(encoded(call));
            case "derivePassword" -> MasterPassword::derive;
            case "decryptAES" -> Decryption::aes;
            default -> null;
        };
    }

    private static String only(Call call) {
        Arguments.exactly(call, 1);
        return call.string(0);
    }

    /** The bytes of the only argument, of which letters and digits are made. */
    private static byte[] encoded(Call call) {
        byte[] bytes = Utf8.bytes(only(call));
        call.markEncoded();
        return bytes;
    }

    private static String digest(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String adler32(byte[] bytes) {
        Adler32 sum = new Adler32();
        sum.update(bytes);
        return Long.toString(sum.getValue());
    }

    /** Sprig gives the text of the error for what cannot be decoded. */
    private static String decode64(String text) {
        try {
            return Utf8.text(StrictBase64.decode(Utf8.bytes(text)));
        } catch (CorruptInput corrupt) {
            return "illegal base64 data at input byte " + corrupt.at();
        }
    }

    private static String decode32(String text) {
        try {
            return Utf8.text(Base32.decode(Utf8.bytes(text)));
        } catch (CorruptInput corrupt) {
            return "illegal base32 data at input byte " + corrupt.at();
        }
    }

    /** Where the first wrong byte of an encoded text is. */
    static final class CorruptInput extends Exception {
        private static final long serialVersionUID = 1L;
        private final int at;

        CorruptInput(int at) {
            super(null, null, false, false);
            this.at = at;
        }

        int at() {
            return at;
        }
    }
}
