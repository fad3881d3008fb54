package dev.sidecarinjector.gotemplate;

/** Where in its source an expression or an action stands: from start (inclusive) to end (exclusive). */
record At(Source source, int start, int end) {
    TemplateException failure(String reason) {
        return source.error(start, end, reason);
    }

    /** The source text. */
    String text() {
        return source.text().substring(start, end);
    }

    int line() {
        return source.line(start);
    }
}
