package dev.sidecarinjector.gotemplate;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Go's {@code html}, {@code js} and {@code urlquery}. */
final class Escapes {
    private static final String HEX = "0123456789ABCDEF";

    private Escapes() {}

    /** Prints the values as one text and escapes it; a missing value prints as it does in an action. */
    static Object apply(@Nullable Object[] values, UnaryOperator<String> escape) {
        @Nullable
        Object[] printable = values.clone();
        for (int i = 0; i < printable.length; i++) {
            printable[i] = printable[i] == null ? Run.NO_VALUE : printable[i];
        }
        Printer printer = new Printer().sprint(Arrays.asList(printable));
        Origin origin = printer.origin();
        String escaped = escape.apply(printer.text());
        return origin == null ? escaped : new OriginText(escaped, origin);
    }

    static String html(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case 0 -> out.append('\uFFFD');
                case '"' -> out.append("&#34;");
                case '\'' -> out.append("&#39;");
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    static String js(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length();) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\\' || c == '\'' || c == '"') {
                out.append('\\').append((char) c);
            } else if (c == '<' || c == '>' || c == '&' || c == '=' || c < ' ') {
                out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
            } else if (c < 0x80 || Quoting.isPrint(c) || Utf8.isRawByte(c)) {
                out.appendCodePoint(c);
            } else {
                String digits = Integer.toHexString(c).toUpperCase(Locale.ROOT);
                out.append("\\u").repeat('0', Math.max(0, 4 - digits.length())).append(digits);
            }
        }
        return out.toString();
    }

    static String urlQuery(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte b : Utf8.bytes(text)) {
            int c = b & 0xFF;
            if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || "-_.~".indexOf(c) >= 0) {
                out.append((char) c);
            } else if (c == ' ') {
                out.append('+');
            } else {
                out.append('%').append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 0xF));
            }
        }
        return out.toString();
    }
}
