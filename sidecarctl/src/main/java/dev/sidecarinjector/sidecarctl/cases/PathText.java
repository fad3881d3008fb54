package dev.sidecarinjector.sidecarctl.cases;

import dev.sidecarinjector.sidecarctl.cases.TreePath.Step;
import java.util.ArrayList;
import java.util.List;

/** Reads the text of a {@link TreePath}: names between dots, and what stands in brackets. */
final class PathText {
    private final String text;
    private final List<Step> steps = new ArrayList<>();
    private int at;

    PathText(String text) {
        this.text = text;
    }

    List<Step> steps() {
        while (at < text.length()) {
            if (text.charAt(at) == '[') {
                bracket();
            } else {
                name();
            }
        }
        if (steps.isEmpty()) {
            throw new IllegalArgumentException("a path must not be empty");
        }
        return List.copyOf(steps);
    }

    /** Up to the next dot or bracket; a backslash takes the next character as it is. */
    private void name() {
        if (!steps.isEmpty() && text.charAt(at) == '.') {
            at++;
        } else if (!steps.isEmpty()) {
            throw wrong("expected a dot or a bracket");
        }
        StringBuilder name = new StringBuilder();
        while (at < text.length() && text.charAt(at) != '.' && text.charAt(at) != '[') {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            name.append(text.charAt(at++));
        }
        if (name.isEmpty()) {
            throw wrong("expected a name");
        }
        steps.add(new Step.Member(name.toString()));
    }

    private void bracket() {
        int start = ++at;
        char quote = start < text.length() ? text.charAt(start) : ' ';
        boolean quoted = quote == '\'' || quote == '"';
        int end = quoted ? text.indexOf(quote + "]", start + 1) : text.indexOf(']', start);
        if (end < 0) {
            throw wrong("the bracket is not closed");
        }
        String inner = text.substring(quoted ? start + 1 : start, end);
        at = quoted ? end + 2 : end + 1;
        int equals = inner.indexOf('=');
        if (inner.isEmpty()) {
            throw wrong("expected an index, NAME=VALUE or a key in the brackets");
        } else if (quoted) {
            steps.add(new Step.Member(inner));
        } else if (equals > 0) {
            steps.add(new Step.Named(inner.substring(0, equals), unquoted(inner.substring(equals + 1))));
        } else if (inner.length() < 9 && inner.chars().allMatch(c -> c >= '0' && c <= '9')) {
            steps.add(new Step.Item(Integer.parseInt(inner)));
        } else {
            steps.add(new Step.Member(inner));
        }
    }

    private static String unquoted(String value) {
        char first = value.isEmpty() ? ' ' : value.charAt(0);
        boolean quoted = value.length() > 1 && (first == '\'' || first == '"') && value.charAt(value.length() - 1) == first;
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("the path \"" + text + "\" cannot be read at character " + (at + 1) + ": " + what
                + "; write it like spec.containers[name=app].ports[0].name or metadata.labels[example.com/key]");
    }
}
