package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.FunctionFailure;
import dev.sidecarinjector.gotemplate.Origin;
import dev.sidecarinjector.gotemplate.OriginText;
import dev.sidecarinjector.gotemplate.Utf8;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads JSON into maps, lists, strings, float64 numbers, booleans and nil; the strings keep where the text comes from. */
final class JsonReader {
    private static final int DEEPEST = 500;
    private final String text;
    private final @Nullable Origin origin;
    private int at;
    private int depth;

    private JsonReader(String text, @Nullable Origin origin) {
        this.text = text;
        this.origin = origin;
    }

    /**
     * The value of a JSON text, which is a string or an {@link OriginText}.
     *
     * @throws FunctionFailure if it is no JSON
     */
    static @Nullable Object read(@Nullable Object source) {
        JsonReader reader = new JsonReader(String.valueOf(source), source instanceof OriginText marked ? marked.origin() : null);
        Object value = reader.value();
        reader.skipSpace();
        if (reader.at < reader.text.length()) {
            throw reader.failure("after top-level value");
        }
        return value;
    }

    private @Nullable Object value() {
        skipSpace();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> {
                String string = string();
                yield origin == null ? string : new OriginText(string, origin);
            }
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Object object() {
        Dict result = new Dict();
        enter();
        if (skipSpaceThen('}')) {
            depth--;
            return result;
        }
        do {
            skipSpace();
            if (peek() != '"') {
                throw failure("looking for beginning of object key string");
            }
            String key = string();
            skipSpace();
            expect(':', "after object key");
            result.putFrom(origin == null ? key : new OriginText(key, origin), value());
        } while (skipSpaceThen(','));
        expect('}', "after object key:value pair");
        depth--;
        return result;
    }

    private Object array() {
        List<@Nullable Object> result = new ArrayList<>();
        enter();
        if (skipSpaceThen(']')) {
            depth--;
            return result;
        }
        do {
            result.add(value());
        } while (skipSpaceThen(','));
        expect(']', "after array element");
        depth--;
        return result;
    }

    private void enter() {
        at++;
        if (++depth > DEEPEST) {
            throw new FunctionFailure("the JSON is nested more than " + DEEPEST + " levels deep");
        }
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw failure("in literal " + word);
        }
        at += word.length();
        return value;
    }

    private Object number() {
        int start = at;
        skip('-');
        if (!skip('0')) {
            digits();
        }
        if (skip('.')) {
            digits();
        }
        if (skip('e') || skip('E')) {
            if (!skip('+')) {
                skip('-');
            }
            digits();
        }
        double value = Double.parseDouble(text.substring(start, at));
        if (Double.isInfinite(value)) {
            throw new FunctionFailure("json: cannot unmarshal number " + text.substring(start, at) + " into a float64");
        }
        return value;
    }

    private void digits() {
        int start = at;
        while (peek() >= '0' && peek() <= '9') {
            at++;
        }
        if (at == start) {
            throw failure("looking for a value");
        }
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        for (at++; peek() != '"'; at++) {
            char c = peek();
            if (at >= text.length() || c < ' ') {
                throw failure("in string literal");
            }
            if (c == '\\') {
                escape(out);
            } else {
                out.append(Utf8.isRawByte(text.codePointAt(at)) && !endsHigh(out) ? '\uFFFD' : c);
            }
        }
        at++;
        return wellFormed(out);
    }

    private static boolean endsHigh(StringBuilder out) {
        return !out.isEmpty() && Character.isHighSurrogate(out.charAt(out.length() - 1));
    }

    private void escape(StringBuilder out) {
        at++;
        switch (peek()) {
            case '"', '\\', '/' -> out.append(peek());
            case 'b' -> out.append('\b');
            case 'f' -> out.append('\f');
            case 'n' -> out.append('\n');
            case 'r' -> out.append('\r');
            case 't' -> out.append('\t');
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    at++;
                    int digit = peek() < 0x80 ? Character.digit(peek(), 16) : -1;
                    if (digit < 0) {
                        throw failure("in \\u hexadecimal character escape");
                    }
                    code = code * 16 + digit;
                }
                out.append((char) code);
            }
            default -> throw failure("in string escape code");
        }
    }

    /** Half a surrogate pair is no character. */
    private static String wellFormed(StringBuilder out) {
        for (int i = 0; i < out.length(); i++) {
            if (Character.isSurrogate(out.charAt(i))) {
                if (Character.charCount(out.codePointAt(i)) == 2) {
                    i++;
                } else {
                    out.setCharAt(i, '\uFFFD');
                }
            }
        }
        return out.toString();
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void skipSpace() {
        while (peek() == ' ' || peek() == '\t' || peek() == '\r' || peek() == '\n') {
            at++;
        }
    }

    private boolean skipSpaceThen(char c) {
        skipSpace();
        return skip(c);
    }

    private boolean skip(char c) {
        boolean found = peek() == c;
        at += found ? 1 : 0;
        return found;
    }

    private void expect(char c, String where) {
        if (!skip(c)) {
            throw failure(where);
        }
    }

    private FunctionFailure failure(String where) {
        return new FunctionFailure(at >= text.length()
                ? "unexpected end of JSON input"
                : "invalid character '" + Character.toString(text.codePointAt(at)) + "' " + where + " (JSON text, character " + (at + 1)
                        + ")");
    }
}
