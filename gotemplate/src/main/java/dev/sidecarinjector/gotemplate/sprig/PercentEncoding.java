package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.FunctionFailure;
import dev.sidecarinjector.gotemplate.Utf8;
import java.io.ByteArrayOutputStream;

/** Percent-encoding, for each part of a URL with the characters that may stand there as they are. */
enum PercentEncoding {
    PATH("$&+,/:;=@"), USER("$&+,;="), HOST("!$&'()*+,;=:[]<>\""), FRAGMENT("$&+,/:;=?@!()*");

    private final String plain;

    PercentEncoding(String plain) {
        this.plain = plain;
    }

    String encode(String text) {
        StringBuilder out = new StringBuilder();
        for (byte b : Utf8.bytes(text)) {
            int c = b & 0xFF;
            if (isPlain(c)) {
                out.append((char) c);
            } else {
                out.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)))
                        .append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
            }
        }
        return out.toString();
    }

    private boolean isPlain(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || "-_.~".indexOf(c) >= 0
                || plain.indexOf(c) >= 0;
    }

    /** @throws FunctionFailure for a percent sign without two digits, and in a host for what may not stand there */
    String decode(String text) {
        byte[] bytes = Utf8.bytes(text);
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            int c = bytes[i];
            if (c == '%') {
                int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
                int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
                boolean asciiInHost = this == HOST && high < 8 && (high != 2 || low != 5);
                if (low < 0 || asciiInHost) {
                    throw new FunctionFailure("unable to parse url: invalid URL escape in \"" + text + "\"");
                }
                c = high * 16 + low;
                i += 2;
            } else if (this == HOST && c > 0 && !isPlain(c)) {
                throw new FunctionFailure("unable to parse url: invalid character '" + (char) c + "' in host name");
            }
            out.write(c);
        }
        return Utf8.text(out.toByteArray());
    }
}
