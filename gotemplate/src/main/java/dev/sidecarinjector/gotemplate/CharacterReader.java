package dev.sidecarinjector.gotemplate;

/** A place in a template's text, and what the {@link Lexer} asks about the characters there. */
class CharacterReader {
    final String text;
    int pos;

    CharacterReader(String text) {
        this.text = text;
    }

    /** Goes over a number; false if letters or digits follow it. It lets pass what reading the value will refuse. */
    final boolean scanNumber() {
        accept("+-");
        String digits = "0123456789_";
        if (accept("0")) {
            digits = accept("xX") ? "0123456789abcdefABCDEF_" : accept("oO") ? "01234567_" : accept("bB") ? "01_" : digits;
        }
        acceptRun(digits);
        if (accept(".")) {
            acceptRun(digits);
        }
        if ((digits.length() == 11 && accept("eE")) || (digits.length() == 23 && accept("pP"))) {
            accept("+-");
            acceptRun("0123456789_");
        }
        accept("i");
        if (isAlphaNumeric(peekCodePoint())) {
            pos += Character.charCount(peekCodePoint());
            return false;
        }
        return true;
    }

    final boolean accept(String valid) {
        boolean found = peek() >= 0 && valid.indexOf(peek()) >= 0;
        pos += found ? 1 : 0;
        return found;
    }

    final void acceptRun(String valid) {
        while (accept(valid)) {
            // Goes on.
        }
    }

    final void skipAlphaNumeric() {
        while (isAlphaNumeric(peekCodePoint())) {
            pos += Character.charCount(peekCodePoint());
        }
    }

    /** Whether an identifier may end here; {@code $x+2} needs blanks. */
    final boolean atTerminator() {
        int c = peek();
        return c < 0 || isSpace(c) || ".,|:)(".indexOf(c) >= 0 || text.startsWith("}}", pos);
    }

    final int peek() {
        return pos < text.length() ? text.charAt(pos) : -1;
    }

    final int peekCodePoint() {
        return pos < text.length() ? text.codePointAt(pos) : -1;
    }

    static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }

    static boolean isAlphaNumeric(int c) {
        return c == '_' || (c >= 0 && Character.isLetterOrDigit(c));
    }
}
