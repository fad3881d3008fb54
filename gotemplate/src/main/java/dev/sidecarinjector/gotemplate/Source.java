package dev.sidecarinjector.gotemplate;

import java.util.Arrays;

/** A template's text and name: turns positions into lines and columns for errors. */
final class Source {
    private static final int EXPRESSION_CHARS = 80;

    private final String name;
    private final String text;
    /** The positions of all line ends. */
    private final int[] lineEnds;

    Source(String name, String text) {
        this.name = name;
        this.text = text;
        int[] ends = new int[16 + text.length() / 32];
        int count = 0;
        for (int i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) {
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, 2 * count);
            }
            ends[count++] = i;
        }
        this.lineEnds = Arrays.copyOf(ends, count);
    }

    String name() {
        return name;
    }

    String text() {
        return text;
    }

    /** The line of a position, from 1. */
    int line(int position) {
        int found = Arrays.binarySearch(lineEnds, position);
        return found >= 0 ? found + 1 : -found;
    }

    /** The column of a position, from 1, in chars. */
    int column(int position) {
        return position - text.lastIndexOf('\n', position - 1);
    }

    /** An error at a position; the text up to end is quoted as the expression, none if end is not behind the position. */
    TemplateException error(int position, int end, String reason) {
        String expression = position < end ? text.substring(position, end) : "";
        if (expression.length() > EXPRESSION_CHARS) {
            expression = expression.substring(0, EXPRESSION_CHARS) + "...";
        }
        return new TemplateException(name, line(position), column(position), expression, reason);
    }
}
