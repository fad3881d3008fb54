package dev.sidecarinjector.gotemplate;

/** A template's text and name: turns positions into lines and columns for errors. */
record Source(String name, String text) {
    private static final int EXPRESSION_CHARS = 80;

    /** The line of a position, from 1. */
    int line(int position) {
        int line = 1;
        for (int i = text.indexOf('\n'); i >= 0 && i < position; i = text.indexOf('\n', i + 1)) {
            line++;
        }
        return line;
    }

    /** An error at a position; the text up to end is quoted as the expression, none if end is not behind the position. */
    TemplateException error(int position, int end, String reason) {
        int column = position - text.lastIndexOf('\n', position - 1);
        String expression = position < end ? text.substring(position, end) : "";
        if (expression.length() > EXPRESSION_CHARS) {
            expression = expression.substring(0, EXPRESSION_CHARS) + "...";
        }
        return new TemplateException(name, line(position), column, expression, reason);
    }
}
