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
            String content = unquoted(text, start + 1, end - 1);
            return content == null ? null : JsonNodeFactory.instance.stringNode(content);
        }
        if ((first == '{' && last == '}') || (first == '[' && last == ']')) {
            return json(text.substring(start, end));
        }
        return null;
    }

    /** The content of a quoted string; null where it holds an escape that is not common to YAML, JSON and Go. */
    private static @Nullable String unquoted(String text, int start, int end) {
        if (QuickRules.allow(text, start, end, ScalarStyle.DOUBLE_QUOTED, false)) {
            return text.substring(start, end);
        }
        StringBuilder content = new StringBuilder(end - start);
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < end) {
                char escaped = switch (text.charAt(++i)) {
                    case '"' -> '"';
                    case '\\' -> '\\';
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    default -> 0;
                };
                if (escaped == 0) {
                    return null;
                }
                content.append(escaped);
            } else if (c == '"' || c == '\\' || c < ' ' || c > '~') {
                return null;
            } else {
                content.append(c);
            }
        }
        return content.toString();
    }

    private static @Nullable JsonNode json(String token) {
        try {
            return YamlReader.read(token);
        } catch (YamlException _) {
            return null;
        }
    }
}
