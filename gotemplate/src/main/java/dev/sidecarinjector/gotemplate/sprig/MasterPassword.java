package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.Utf8;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The Master Password algorithm, version 3: a password for one site out of a user's name and one secret. */
final class MasterPassword {
    private static final byte[] SCOPE = "com.lyndir.masterpassword".getBytes(StandardCharsets.US_ASCII);

    private MasterPassword() {}

    static Object derive(Call call) {
        Arguments.exactly(call, 5);
        int counter = Arguments.integer(call, 0);
        if (counter < 0) {
            throw Arguments.wrongType("uint32", counter);
        }
        String type = call.string(1);
        byte[] password = Utf8.bytes(call.string(2));
        byte[] user = Utf8.bytes(call.string(3));
        byte[] site = Utf8.bytes(call.string(4));
        String forms = forms(type);
        if (forms.isEmpty()) {
            return "cannot find password template " + type;
        }
        byte[] key = Scrypt.derive(password, message(user, null));
        return password(forms.split(" ", -1), Scrypt.hmac(key).doFinal(message(site, counter)));
    }

    private static byte[] message(byte[] name, @Nullable Integer counter) {
        ByteBuffer buffer = ByteBuffer.allocate(SCOPE.length + 4 + name.length + (counter == null ? 0 : 4));
        buffer.put(SCOPE).putInt(name.length).put(name);
        if (counter != null) {
            buffer.putInt(counter);
        }
        return buffer.array();
    }

    /** The first byte of the seed chooses the form, each further one a character. */
    private static String password(String[] forms, byte[] seed) {
        String form = forms[(seed[0] & 0xFF) % forms.length];
        StringBuilder out = new StringBuilder(form.length());
        for (int i = 0; i < form.length(); i++) {
            String characters = characters(form.charAt(i));
            out.append(characters.charAt((seed[i + 1] & 0xFF) % characters.length()));
        }
        return out.toString();
    }

    private static String forms(String type) {
        return switch (type) {
            case "maximum" -> "anoxxxxxxxxxxxxxxxxx axxxxxxxxxxxxxxxxxno";
            case "long" -> "CvcvnoCvcvCvcv CvcvCvcvnoCvcv CvcvCvcvCvcvno CvccnoCvcvCvcv CvccCvcvnoCvcv CvccCvcvCvcvno CvcvnoCvccCvcv "
                    + "CvcvCvccnoCvcv CvcvCvccCvcvno CvcvnoCvcvCvcc CvcvCvcvnoCvcc CvcvCvcvCvccno CvccnoCvccCvcv CvccCvccnoCvcv "
                    + "CvccCvccCvcvno CvcvnoCvccCvcc CvcvCvccnoCvcc CvcvCvccCvccno CvccnoCvcvCvcc CvccCvcvnoCvcc CvccCvcvCvccno";
            case "medium" -> "CvcnoCvc CvcCvcno";
            case "short" -> "Cvcn";
            case "basic" -> "aaanaaan aannaaan aaannaaa";
            case "pin" -> "nnnn";
            default -> "";
        };
    }

    private static String characters(char letter) {
        return switch (letter) {
            case 'C' -> "BCDFGHJKLMNPQRSTVWXYZ";
            case 'v' -> "aeiou";
            case 'c' -> "bcdfghjklmnpqrstvwxyz";
            case 'a' -> "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz";
            case 'n' -> "0123456789";
            case 'o' -> "@&%?,=[]_:-+*$#!'^~;()/.";
            default -> "AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()";
        };
    }
}
