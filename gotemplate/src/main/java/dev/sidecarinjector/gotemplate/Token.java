package dev.sidecarinjector.gotemplate;

/** A piece of a template: its kind, where it stands and its characters; for {@link Kind#ERROR} the message in place of them. */
record Token(Kind kind, int start, int end, String text) {
    enum Kind {
        TEXT, LEFT, RIGHT, SPACE, ASSIGN, DECLARE, PIPE, STRING, RAW_STRING, CHARACTER, NUMBER, COMPLEX, VARIABLE, FIELD, DOT, IDENTIFIER, BOOL, LEFT_PAREN, RIGHT_PAREN, CHAR, ERROR, END_OF_TEXT,
        // Keywords from here on.
        NIL, BLOCK, BREAK, CONTINUE, DEFINE, ELSE, END, IF, RANGE, TEMPLATE, WITH;

        boolean isKeyword() {
            return compareTo(NIL) >= 0;
        }
    }

    boolean is(Kind other) {
        return kind == other;
    }

    /** How an error message names it. */
    String shown() {
        if (kind == Kind.END_OF_TEXT) {
            return "EOF";
        }
        if (kind.isKeyword() || kind == Kind.DOT) {
            return "<" + text + ">";
        }
        return text.length() > 20 ? Quoting.quote(text.substring(0, 20)) + "..." : Quoting.quote(text);
    }
}
