package dev.sidecarinjector.gotemplate;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A parsed template with the templates that it defines: immutable, rendered any number of times from any thread. */
public final class Template {
    private Template() {}

    /**
     * Parses a text with Go's default delimiters.
     *
     * @param name      in error messages
     * @param functions what it may call besides Go's built-ins and Sprig, by name; they replace those of the same name
     * @throws TemplateException for a syntax error or an unknown function
     */
    public static Template parse(String name, String text, Map<String, Function> functions) {
        throw new UnsupportedOperationException();
    }

    /** Renders with dot set to data. */
    public Rendered render(@Nullable Object data, Limits limits) {
        throw new UnsupportedOperationException();
    }
}
