package dev.sidecarinjector.injection.yaml;

/** Writes strings: picks the style that reads back as the same string, escapes, folds long lines at blanks. */
final class ScalarEmitter {
    private static final int WIDTH = 80;
    private static final String BLANKS = " ".repeat(64);

    private final StringBuilder out;

    ScalarEmitter(StringBuilder out) {
        this.out = out;
    }

    void indent(int columns) {
        for (int left = columns; left > 0; left -= BLANKS.length()) {
            out.append(BLANKS, 0, Math.min(left, BLANKS.length()));
        }
    }

    /** A key that stays on its line. */
    void key(String text, int indent) {
        write(text, ScalarShape.styleOf(text, true), indent, false);
    }

    /** A value; its further lines are indented as told. */
    void string(String text, int indent) {
        write(text, ScalarShape.styleOf(text, false), indent, true);
    }

    private void write(String text, ScalarStyle style, int indent, boolean fold) {
        switch (style) {
            case PLAIN -> {
                if (fold && column() + text.length() > WIDTH) {
                    folded(text, indent, false);
                } else {
                    out.append(text);
                }
            }
            case SINGLE_QUOTED -> {
                out.append('\'');
                if (fold) {
                    folded(text, indent, true);
                } else {
                    out.append(text.replace("'", "''"));
                }
                out.append('\'');
            }
            case DOUBLE_QUOTED -> doubleQuoted(text, indent, fold);
            case LITERAL, FOLDED -> literal(text, indent);
        }
    }

    private int column() {
        return out.length() - out.lastIndexOf("\n") - 1;
    }

    /** A line breaks at a single blank that lies beyond the width. */
    private void folded(String text, int indent, boolean quoted) {
        int lineStart = out.length() - column();
        int last = text.length() - 1;
        boolean afterBlank = false;
        for (int i = 0; i <= last; i++) {
            char c = text.charAt(i);
            boolean inside = !quoted || (i > 0 && i < last);
            if (c == ' ' && !afterBlank && inside && out.length() - lineStart > WIDTH && text.charAt(i + 1) != ' ') {
                out.append('\n');
                lineStart = out.length();
                indent(indent);
            } else {
                out.append(c);
                if (quoted && c == '\'') {
                    out.append(c);
                }
            }
            afterBlank = c == ' ';
        }
    }

    private void doubleQuoted(String text, int indent, boolean fold) {
        out.append('"');
        int lineStart = out.length() - column();
        int last = text.length() - 1;
        boolean afterBlank = false;
        for (int i = 0; i <= last; i++) {
            char c = text.charAt(i);
            if (c == ' ' && fold && !afterBlank && out.length() - lineStart > WIDTH && i > 0 && i < last) {
                out.append('\n');
                lineStart = out.length();
                indent(indent);
                if (text.charAt(i + 1) == ' ') {
                    out.append('\\');
                }
            } else if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (ScalarShape.isPlain(c)) {
                out.append(c);
            } else if (Character.isHighSurrogate(c) && i < last && Character.isLowSurrogate(text.charAt(i + 1))) {
                hex('U', text.codePointAt(i), 8);
                i++;
            } else {
                escape(c);
            }
            afterBlank = c == ' ';
        }
        out.append('"');
    }

    private void escape(char c) {
        switch (c) {
            case '\0' -> out.append("\\0");
            case '\u0007' -> out.append("\\a");
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\u000b' -> out.append("\\v");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            case '\u001b' -> out.append("\\e");
            case '\u0085' -> out.append("\\N");
            case '\u2028' -> out.append("\\L");
            case '\u2029' -> out.append("\\P");
            default -> {
                if (c <= 0xff) {
                    hex('x', c, 2);
                } else {
                    hex('u', c, 4);
                }
            }
        }
    }

    private void hex(char kind, int value, int digits) {
        out.append('\\').append(kind);
        for (int shift = (digits - 1) * 4; shift >= 0; shift -= 4) {
            out.append("0123456789ABCDEF".charAt(value >> shift & 0xf));
        }
    }

    private void literal(String text, int indent) {
        out.append('|');
        char first = text.charAt(0);
        if (first == ' ' || first == '\n') {
            out.append('2');
        }
        int length = text.length();
        if (text.charAt(length - 1) != '\n') {
            out.append('-');
        } else if (length == 1 || text.charAt(length - 2) == '\n') {
            out.append('+');
        }
        int start = 0;
        while (start < length) {
            int end = text.indexOf('\n', start);
            int stop = end < 0 ? length : end;
            out.append('\n');
            if (stop > start) {
                indent(indent);
                out.append(text, start, stop);
            }
            start = stop + 1;
        }
    }
}
