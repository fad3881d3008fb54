package dev.sidecarinjector.gotemplate;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A parsed template with the templates that it defines: immutable, rendered any number of times from any thread. */
public final class Template {
    private static final int FIRST_GUESS = 4096;

    private final Source source;
    private final Map<String, Definition> templates;
    private final Definition main;
    /** How long the last output was: a hint for the next one, so races do not matter. */
    private int expectedChars = FIRST_GUESS;

    private Template(Source source, Map<String, Definition> templates) {
        this.source = source;
        this.templates = templates;
        this.main = Objects.requireNonNull(templates.get(source.name()));
    }

    /**
     * Parses a text with Go's default delimiters.
     *
     * @param name      in error messages
     * @param functions what it may call besides Go's built-ins and Sprig, by name; they replace those of the same name
     * @throws TemplateException for a syntax error or an unknown function
     */
    public static Template parse(String name, String text, Map<String, Function> functions) {
        return parse(name, text, functions, null);
    }

    /** The same, and what is rendered is counted; with null nothing is, and rendering costs nothing more. */
    public static Template parse(String name, String text, Map<String, Function> functions, @Nullable Coverage coverage) {
        Source source = new Source(name, text);
        try {
            return new Template(source, new TemplateParser(source, functions, coverage).parse());
        } catch (StackOverflowError _) {
            throw source.error(0, 0, "nested too deeply");
        }
    }

    /** The parsed tree, for whoever asks what a template may do rather than what it does. */
    Map<String, Definition> definitions() {
        return Map.copyOf(templates);
    }

    /** What it was parsed from. */
    public String text() {
        return source.text();
    }

    /** Renders with dot set to data. */
    public Rendered render(@Nullable Object data, Limits limits) {
        Run run = new Run(templates, limits, expectedChars + expectedChars / 8);
        try {
            main.exec(run, 0, data);
        } catch (StackOverflowError _) {
            // The last resort: limits that allow more than this thread's stack, or a value that contains itself.
            throw source.error(0, 0, "template calls or values are nested too deeply");
        }
        Rendered rendered = run.result();
        expectedChars = rendered.text().length();
        return rendered;
    }
}
