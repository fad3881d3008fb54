package dev.sidecarinjector.injection.schema;

import java.math.BigDecimal;
import java.util.Comparator;

/** Strings and numbers in Go's JSON. */
final class GoJsonText {
    private static final String HEX = "0123456789abcdef";
    /** Go sorts keys by their bytes in UTF-8, which is the order of code points. */
    static final Comparator<String> BY_BYTES = GoJsonText::compareCodePoints;

    private GoJsonText() {}

    /** Appends a string literal that is also safe inside HTML. */
    static void quote(String text, StringBuilder out) {
        out.append('"');
        int done = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isPlain(c)) {
                continue;
            }
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
                continue;
            }
            out.append(text, done, i);
            escape(c, out);
            done = i + 1;
        }
        out.append(text, done, text.length()).append('"');
    }

    private static boolean isPlain(char c) {
        return c >= ' ' && c != '"' && c != '\\' && c != '<' && c != '>' && c != '&' && c != '\u2028' && c != '\u2029'
                && !Character.isSurrogate(c);
    }

    private static void escape(char c, StringBuilder out) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\b' -> out.append("\\b");
            case '\f' -> out.append("\\f");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                char shown = Character.isSurrogate(c) ? '\uFFFD' : c;
                out.append("\\u");
                for (int shift = 12; shift >= 0; shift -= 4) {
                    out.append(HEX.charAt((shown >> shift) & 0xF));
                }
            }
        }
    }

    /** One digit before the point, and an exponent with a sign and no leading zero: {@code 1e-7}, {@code 1.5e+21}. */
    static String exponential(BigDecimal digits) {
        String mantissa = digits.unscaledValue().abs().toString();
        int exponent = digits.precision() - digits.scale() - 1;
        return (digits.signum() < 0 ? "-" : "") + mantissa.charAt(0) + (mantissa.length() > 1 ? "." + mantissa.substring(1) : "") + "e"
                + (exponent < 0 ? "-" : "+") + Math.abs(exponent);
    }

    private static int compareCodePoints(String a, String b) {
        int end = Math.min(a.length(), b.length());
        for (int i = 0; i < end; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                return Character.isSurrogate(x) == Character.isSurrogate(y)
                        ? Character.compare(x, y)
                        : Character.isSurrogate(x) ? 1 : -1;
            }
        }
        return Integer.compare(a.length(), b.length());
    }
}
