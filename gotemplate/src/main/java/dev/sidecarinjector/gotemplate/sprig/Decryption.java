package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.FunctionFailure;
import dev.sidecarinjector.gotemplate.Utf8;
import dev.sidecarinjector.gotemplate.sprig.Encodings.CorruptInput;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Decrypts what Sprig's {@code encryptAES} has encrypted: AES-256 in CBC mode, the initial vector in front, all in base 64. */
final class Decryption {
    private static final int BLOCK = 16;

    private Decryption() {}

    static Object aes(Call call) {
        Arguments.exactly(call, 2);
        byte[] key = Arrays.copyOf(Utf8.bytes(call.string(0)), 32);
        String text = call.string(1);
        return text.isEmpty() ? "" : Utf8.text(unpadded(decrypted(key, decoded(text))));
    }

    private static byte[] decoded(String text) {
        try {
            return StrictBase64.decode(Utf8.bytes(text));
        } catch (CorruptInput corrupt) {
            throw new FunctionFailure("illegal base64 data at input byte " + corrupt.at());
        }
    }

    private static byte[] decrypted(byte[] key, byte[] message) {
        if (message.length <= BLOCK || message.length % BLOCK != 0) {
            throw new FunctionFailure("the encrypted text is no whole number of blocks");
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(message, 0, BLOCK));
            return cipher.doFinal(message, BLOCK, message.length - BLOCK);
        } catch (GeneralSecurityException e) {
            throw new FunctionFailure("cannot decrypt: " + e.getMessage());
        }
    }

    /** The last byte says how many bytes were filled in. */
    private static byte[] unpadded(byte[] text) {
        int filled = text[text.length - 1] & 0xFF;
        if (filled > text.length) {
            throw new FunctionFailure("cannot decrypt: wrong password or text");
        }
        return Arrays.copyOf(text, text.length - filled);
    }
}
