package dev.sidecarinjector.gotemplate.regex;

import dev.sidecarinjector.gotemplate.FunctionFailure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A regular expression of Go's package regexp. */
public final class Regex {
    private final Program program;
    private final List<String> names;
    private final boolean blank;

    private Regex(Program program, List<String> names, boolean blank) {
        this.program = program;
        this.names = names;
        this.blank = blank;
    }

    /** @throws FunctionFailure if the expression is not one of Go's */
    public static Regex compile(String expression) {
        RegexParser parser = new RegexParser(expression);
        Syntax syntax = parser.parse();
        return new Regex(Program.of(syntax, parser.names().size()), parser.names(), expression.isEmpty());
    }

    /** Whether the expression matches anywhere in the text. */
    public boolean matches(String text) {
        return new Machine(program, text).find(0) != null;
    }

    /** The leftmost match; null if there is none. */
    public @Nullable String find(String text) {
        int[] match = new Machine(program, text).find(0);
        return match == null ? null : text.substring(match[0], match[1]);
    }

    /** The matches one after the other, at most so many; a negative limit means all. */
    public List<String> findAll(String text, int limit) {
        List<String> found = new ArrayList<>();
        for (int[] match : matches(text, limit)) {
            found.add(text.substring(match[0], match[1]));
        }
        return found;
    }

    private List<int[]> matches(String text, int limit) {
        Machine machine = new Machine(program, text);
        List<int[]> found = new ArrayList<>();
        int at = 0;
        int lastEnd = -1;
        while (at <= text.length() && (limit < 0 || found.size() < limit)) {
            int[] match = machine.find(at);
            if (match == null) {
                break;
            }
            // No empty match right after another match.
            boolean accept = match[1] != at || match[0] != lastEnd;
            at = match[1] == at ? next(text, at) : match[1];
            lastEnd = match[1];
            if (accept) {
                found.add(match);
            }
        }
        return found;
    }

    private static int next(String text, int at) {
        return at < text.length() ? at + Character.charCount(text.codePointAt(at)) : at + 1;
    }

    /** The parts of a text between matches, at most so many; a negative limit means all. */
    public List<String> split(String text, int limit) {
        if (limit == 0) {
            return List.of();
        }
        if (!blank && text.isEmpty()) {
            return List.of("");
        }
        List<String> parts = new ArrayList<>();
        int from = 0;
        int end = 0;
        for (int[] match : matches(text, limit)) {
            if (limit > 0 && parts.size() == limit - 1) {
                break;
            }
            end = match[0];
            if (match[1] != 0) {
                parts.add(text.substring(from, end));
            }
            from = match[1];
        }
        if (end != text.length()) {
            parts.add(text.substring(from));
        }
        return parts;
    }

    /**
     * The text with all matches replaced.
     *
     * @param literal whether the replacement is taken as it is; otherwise {@code $1}, {@code ${name}} stand for groups
     */
    public String replaceAll(String text, String replacement, boolean literal) {
        Machine machine = new Machine(program, text);
        StringBuilder out = new StringBuilder();
        int copied = 0;
        int at = 0;
        while (at <= text.length()) {
            int[] match = machine.find(at);
            if (match == null) {
                break;
            }
            out.append(text, copied, match[0]);
            if (match[1] > copied || match[0] == 0) {
                if (literal) {
                    out.append(replacement);
                } else {
                    new Expansion(replacement, names).append(text, match, out);
                }
            }
            copied = match[1];
            at = match[1] > at ? match[1] : next(text, at);
        }
        return out.append(text, copied, text.length()).toString();
    }

    /** The expression that matches exactly this text. */
    public static String quote(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ("\\.+*?()|[]{}^$".indexOf(c) >= 0) {
                out.append('\\');
            }
            out.append(c);
        }
        return out.toString();
    }
}
