package dev.sidecarinjector.injection.render;

import dev.sidecarinjector.gotemplate.Rendered.Span;
import dev.sidecarinjector.injection.yaml.ScalarStyle;
import dev.sidecarinjector.injection.yaml.YamlException;
import dev.sidecarinjector.injection.yaml.YamlReader;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads a value that a function encoded: a quoted string, or JSON. */
final class PlainToken {
    private PlainToken() {}

    /** The node, or null where the text is not plainly one token. */
    static @Nullable JsonNode read(String text, Span span) {
        int start = span.start();
        int end = span.end();
        if (end - start < 2) {
            return null;
        }
        char first = text.charAt(start);
        char last = text.charAt(end - 1);
        if (first == '"' && last == '"') {
            boolean literal = end - start == 2 || QuickRules.allow(text, start + 1, end - 1, ScalarStyle.DOUBLE_QUOTED, false);
            return literal ? JsonNodeFactory.instance.stringNode(text.substring(start + 1, end - 1)) : null;
        }
        if ((first == '{' && last == '}') || (first == '[' && last == ']')) {
            return json(text.substring(start, end));
        }
        return null;
    }

    private static @Nullable JsonNode json(String token) {
        try {
            return YamlReader.read(token);
        } catch (YamlException _) {
            return null;
        }
    }
}
