package dev.sidecarinjector.webhook.certificate;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ssl.pem.PemContent;

/** Private keys as texts in PEM format. */
final class PrivateKeys {
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[]{'\n'});

    private PrivateKeys() {}

    static String pem(PrivateKey key) {
        return "-----BEGIN PRIVATE KEY-----\n" + LINES.encodeToString(key.getEncoded()) + "\n-----END PRIVATE KEY-----\n";
    }

    /** The key in a text, or null where there is none that can be read. */
    static @Nullable PrivateKey in(String pem) {
        try {
            return pem.isBlank() ? null : PemContent.of(pem).getPrivateKey();
        } catch (IllegalStateException | IllegalArgumentException _) {
            return null;
        }
    }

    /** Whether what the key signs is confirmed by the other half. */
    static boolean belongTogether(PublicKey certified, PrivateKey key) {
        byte[] probe = {1, 2, 3};
        try {
            Signature signature = Signature.getInstance(switch (key.getAlgorithm()) {
                case "EC" -> "SHA256withECDSA";
                case "RSA" -> "SHA256withRSA";
                default -> key.getAlgorithm();
            });
            signature.initSign(key);
            signature.update(probe);
            byte[] signed = signature.sign();
            signature.initVerify(certified);
            signature.update(probe);
            return signature.verify(signed);
        } catch (GeneralSecurityException _) {
            return false;
        }
    }
}
