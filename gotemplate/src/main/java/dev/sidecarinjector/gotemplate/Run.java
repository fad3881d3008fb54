package dev.sidecarinjector.gotemplate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One rendering: its output so far, and what it may still cost. */
final class Run {
    static final String NO_VALUE = "<no value>";

    final Map<String, Definition> templates;
    final Limits limits;
    private final StringBuilder out;
    private final List<Rendered.Span> spans = new ArrayList<>();
    private int iterations;

    Run(Map<String, Definition> templates, Limits limits, int expectedChars) {
        this.templates = templates;
        this.limits = limits;
        this.out = new StringBuilder(Math.min(expectedChars, limits.outputChars()));
    }

    Rendered result() {
        return new Rendered(out.toString(), List.copyOf(spans));
    }

    /** Appends template text; false if the output is full. */
    boolean append(String text) {
        out.append(text);
        return out.length() <= limits.outputChars();
    }

    /** Prints a value as an action does; false if the output is full. */
    boolean print(@Nullable Object value, int line) {
        if (value instanceof String text) {
            out.append(text);
        } else if (value instanceof OriginText text) {
            mark(text.text(), text.origin(), text.encoded(), line);
        } else if (value == null) {
            out.append(NO_VALUE);
        } else {
            Printer printer = new Printer().value(value);
            if (printer.origin() == null) {
                out.append(printer.out());
            } else {
                mark(printer.text(), printer.origin(), false, line);
            }
        }
        return out.length() <= limits.outputChars();
    }

    private void mark(String text, Origin origin, boolean encoded, int line) {
        int start = out.length();
        out.append(text);
        spans.add(new Rendered.Span(start, out.length(), origin, encoded, line));
    }

    /** Counts a pass through a loop; false if there were too many. */
    boolean iterate() {
        return ++iterations <= limits.iterations();
    }

    String outputFull() {
        return "output is longer than the limit of " + limits.outputChars() + " characters";
    }
}
