package dev.sidecarinjector.gotemplate.sprig;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key derivation function scrypt (RFC 7914) with the costs of the Master Password algorithm: N = 32768, r = 8, p = 2, 64 bytes. */
final class Scrypt {
    private static final int COST = 32768;
    private static final int BLOCKS = 8;
    private static final int PARALLEL = 2;
    private static final int KEY_BYTES = 64;
    /** Ints of one mixed block: 2 r times 64 bytes. */
    private static final int WIDTH = 2 * BLOCKS * 16;

    private Scrypt() {}

    static byte[] derive(byte[] password, byte[] salt) {
        byte[] blocks = pbkdf2(password, salt, PARALLEL * WIDTH * 4);
        IntBuffer ints = ByteBuffer.wrap(blocks).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        for (int i = 0; i < PARALLEL; i++) {
            int[] block = new int[WIDTH];
            ints.get(i * WIDTH, block);
            mix(block);
            ints.put(i * WIDTH, block);
        }
        return pbkdf2(password, blocks, KEY_BYTES);
    }

    static Mac hmac(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            // Java refuses an empty key; a zero byte gives the same code.
            mac.init(new SecretKeySpec(key.length == 0 ? new byte[1] : key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** PBKDF2 with HMAC-SHA-256 and one iteration. */
    private static byte[] pbkdf2(byte[] password, byte[] salt, int length) {
        Mac mac = hmac(password);
        ByteBuffer out = ByteBuffer.allocate(length);
        for (int i = 1; out.hasRemaining(); i++) {
            mac.update(salt);
            mac.update(ByteBuffer.allocate(4).putInt(0, i));
            out.put(mac.doFinal());
        }
        return out.array();
    }

    private static void mix(int[] x) {
        int[] memory = new int[COST * WIDTH];
        int[] scratch = new int[WIDTH];
        for (int i = 0; i < COST; i++) {
            System.arraycopy(x, 0, memory, i * WIDTH, WIDTH);
            mixBlock(x, scratch);
        }
        for (int i = 0; i < COST; i++) {
            int from = (x[WIDTH - 16] & (COST - 1)) * WIDTH;
            for (int k = 0; k < WIDTH; k++) {
                x[k] ^= memory[from + k];
            }
            mixBlock(x, scratch);
        }
    }

    private static void mixBlock(int[] x, int[] scratch) {
        int[] state = Arrays.copyOfRange(x, WIDTH - 16, WIDTH);
        for (int i = 0; i < 2 * BLOCKS; i++) {
            for (int k = 0; k < 16; k++) {
                state[k] ^= x[i * 16 + k];
            }
            salsa20(state);
            // Even blocks come first, then the odd ones.
            System.arraycopy(state, 0, scratch, (i / 2 + (i % 2) * BLOCKS) * 16, 16);
        }
        System.arraycopy(scratch, 0, x, 0, WIDTH);
    }

    /** The Salsa20/8 core. */
    private static void salsa20(int[] state) {
        int[] x = state.clone();
        for (int round = 0; round < 4; round++) {
            for (int k = 0; k < 4; k++) {
                quarter(x, 5 * k, (5 * k + 4) % 16, (5 * k + 8) % 16, (5 * k + 12) % 16);
            }
            for (int k = 0; k < 4; k++) {
                int row = 4 * k;
                quarter(x, row + k, row + (k + 1) % 4, row + (k + 2) % 4, row + (k + 3) % 4);
            }
        }
        for (int k = 0; k < 16; k++) {
            state[k] += x[k];
        }
    }

    private static void quarter(int[] x, int a, int b, int c, int d) {
        x[b] ^= Integer.rotateLeft(x[a] + x[d], 7);
        x[c] ^= Integer.rotateLeft(x[b] + x[a], 9);
        x[d] ^= Integer.rotateLeft(x[c] + x[b], 13);
        x[a] ^= Integer.rotateLeft(x[d] + x[c], 18);
    }
}
