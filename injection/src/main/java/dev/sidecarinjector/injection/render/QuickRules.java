package dev.sidecarinjector.injection.render;

import dev.sidecarinjector.injection.yaml.ScalarStyle;

/**
 * Which values stand for themselves in a scalar, whatever surrounds it. The rules only say yes where it is plain to see; a no means that the text
 * has to be parsed.
 */
final class QuickRules {
    private QuickRules() {}

    /** Whether YAML reads the characters from start to end literally in a scalar of this style; first: nothing of the scalar is before them. */
    static boolean allow(String text, int start, int end, ScalarStyle style, boolean first) {
        if (start == end) {
            // an empty value can turn a plain scalar into null and a line of a block into a blank one
            return style == ScalarStyle.DOUBLE_QUOTED || style == ScalarStyle.SINGLE_QUOTED;
        }
        return switch (style) {
            case PLAIN -> plain(text, start, end, first);
            case DOUBLE_QUOTED, SINGLE_QUOTED, LITERAL -> quoted(text, start, end, style);
            default -> false;
        };
    }

    private static boolean plain(String text, int start, int end, boolean first) {
        if (first && !isWord(text.charAt(start)) && text.charAt(start) != '/') {
            return false;
        }
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (!isWord(c) && c != '-' && c != '.' && c != '/') {
                return false;
            }
        }
        return true;
    }

    private static boolean isWord(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    }

    /** Blanks at the edges are left to the parser: next to a line break it drops them, at the start of a block they indent. */
    private static boolean quoted(String text, int start, int end, ScalarStyle style) {
        if (text.charAt(start) == ' ' || text.charAt(end - 1) == ' ') {
            return false;
        }
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            boolean special = switch (style) {
                case DOUBLE_QUOTED -> c == '"' || c == '\\';
                case SINGLE_QUOTED -> c == '\'';
                default -> false;
            };
            if (special || c < ' ' || (c > '~' && c < '\u00A0') || c >= '\u2000') {
                return false;
            }
        }
        return true;
    }
}
