package dev.sidecarinjector.gotemplate;

/** The flags, width and precision of one verb of a format. */
final class Flags {
    static final int ABSENT = -1;

    boolean sharp;
    boolean zero;
    boolean plus;
    boolean minus;
    boolean space;
    /** {@code %#v}: Go syntax. */
    boolean goSyntax;
    /** {@code %+v}: with the names of a struct's fields. */
    boolean fieldNames;
    int width = ABSENT;
    int precision = ABSENT;

    /** For {@code v} the flags # and + mean something else. */
    void forDefaultVerb() {
        goSyntax = sharp;
        sharp = false;
        fieldNames = plus;
        plus = false;
    }

    /** Appends a text padded to the width, in characters, with blanks or zeros. */
    void pad(StringBuilder out, CharSequence text) {
        int missing = width - Character.codePointCount(text, 0, text.length());
        if (missing <= 0) {
            out.append(text);
        } else if (minus) {
            out.append(text).repeat(' ', missing);
        } else {
            out.repeat(zero ? '0' : ' ', missing).append(text);
        }
    }

    /** Appends a text padded with blanks, whatever the zero flag says. */
    void padWithBlanks(StringBuilder out, CharSequence text) {
        boolean saved = zero;
        zero = false;
        pad(out, text);
        zero = saved;
    }

    /** The text cut to the precision, in characters. */
    String cut(String text) {
        if (precision == ABSENT || text.codePointCount(0, text.length()) <= precision) {
            return text;
        }
        return text.substring(0, text.offsetByCodePoints(0, precision));
    }
}
