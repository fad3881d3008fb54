package dev.sidecarinjector.injection.yaml;

/** What a string holds that decides how it can be written: found in one pass over its characters. */
final class ScalarShape {
    private ScalarShape() {}

    /** The style of a string as a value, or as a key that fits on its line. */
    static ScalarStyle styleOf(String text, boolean key) {
        int length = text.length();
        if (length == 0) {
            return ScalarStyle.DOUBLE_QUOTED;
        }
        boolean breaks = false;
        boolean indicator = startsLikeMarker(text) || isIndicatorAtStart(text, length);
        boolean blankBeforeBreak = false;
        char last = ' ';
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c > ':' && c < 0x7f) {
                // no letter matters here
            } else if (c == ':') {
                indicator |= i + 1 == length || isBlankOrBreak(text.charAt(i + 1));
            } else if (c == '#') {
                indicator |= isBlankOrBreak(last);
            } else if (c == '\n') {
                breaks = true;
                blankBeforeBreak |= last == ' ' && i > 0;
            } else if (!isPlain(c)) {
                return ScalarStyle.DOUBLE_QUOTED;
            }
            last = c;
        }
        if (breaks) {
            return key || blankBeforeBreak || last == ' ' ? ScalarStyle.DOUBLE_QUOTED : ScalarStyle.LITERAL;
        }
        if (!PlainScalar.isString(text)) {
            return ScalarStyle.DOUBLE_QUOTED;
        }
        return indicator || last == ' ' || text.charAt(0) == ' ' ? ScalarStyle.SINGLE_QUOTED : ScalarStyle.PLAIN;
    }

    private static boolean startsLikeMarker(String text) {
        return text.startsWith("---") || text.startsWith("...");
    }

    private static boolean isIndicatorAtStart(String text, int length) {
        return switch (text.charAt(0)) {
            case '#', ',', '[', ']', '{', '}', '&', '*', '!', '|', '>', '\'', '"', '%', '@', '`' -> true;
            case '?', '-' -> length == 1 || isBlankOrBreak(text.charAt(1));
            default -> false;
        };
    }

    private static boolean isBlankOrBreak(char c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }

    /** Whether a character may stand unescaped; surrogates and Unicode's line breaks may not. */
    static boolean isPlain(char c) {
        if (c < 0x7f) {
            return c >= ' ';
        }
        return c >= 0xa0 && (c < 0xd800 || c >= 0xe000) && c != '\ufeff' && c < '\ufffe' && c != '\u2028' && c != '\u2029';
    }
}
