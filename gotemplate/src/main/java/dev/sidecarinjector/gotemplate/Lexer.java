package dev.sidecarinjector.gotemplate;

import dev.sidecarinjector.gotemplate.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cuts a template into tokens, with the rules of Go's text/template/parse for delimiters, trim markers and comments. */
final class Lexer extends CharacterReader {
    private static final String LEFT = "{{";
    private static final String RIGHT = "}}";

    private final Set<String> functions;
    private final List<Token> tokens = new ArrayList<>();
    private int start;
    private int parens;

    private Lexer(String text, Set<String> functions) {
        super(text);
        this.functions = functions;
    }

    /**
     * All tokens; the last one is {@link Kind#END_OF_TEXT} or {@link Kind#ERROR}.
     *
     * @param functions {@code break} and {@code continue} are keywords unless they are among these names
     */
    static List<Token> lex(String text, Set<String> functions) {
        Lexer lexer = new Lexer(text, functions);
        while (lexer.text() && lexer.leftDelimiter()) {
            // One text and one action or comment after the other.
        }
        return lexer.tokens;
    }

    /** Reads up to the next left delimiter; false at the end of the text. */
    private boolean text() {
        start = pos;
        int left = text.indexOf(LEFT, pos);
        int end = left < 0 ? text.length() : left;
        if (left >= 0 && trimsLeft(left + LEFT.length())) {
            while (end > start && isSpace(text.charAt(end - 1))) {
                end--;
            }
        }
        pos = end;
        if (end > start) {
            emit(Kind.TEXT);
        }
        pos = left < 0 ? text.length() : left;
        start = pos;
        if (left < 0) {
            emit(Kind.END_OF_TEXT);
        }
        return left >= 0;
    }

    private boolean leftDelimiter() {
        pos += LEFT.length();
        int afterMarker = trimsLeft(pos) ? 2 : 0;
        if (text.startsWith("/*", pos + afterMarker)) {
            pos += afterMarker;
            return comment();
        }
        emit(Kind.LEFT);
        pos += afterMarker;
        parens = 0;
        while (true) {
            start = pos;
            if (atRightDelimiter()) {
                return parens > 0 ? fail("unclosed left paren") : rightDelimiter();
            }
            if (pos >= text.length()) {
                return fail("unclosed action");
            }
            if (!insideAction()) {
                return false;
            }
        }
    }

    private boolean comment() {
        start = pos;
        int end = text.indexOf("*/", pos + 2);
        if (end < 0) {
            return fail("unclosed comment");
        }
        pos = end + 2;
        if (!atRightDelimiter()) {
            return fail("comment ends before closing delimiter");
        }
        skipRightDelimiter();
        return true;
    }

    private boolean rightDelimiter() {
        int at = pos;
        skipRightDelimiter();
        tokens.add(new Token(Kind.RIGHT, at, at + RIGHT.length(), RIGHT));
        return true;
    }

    private void skipRightDelimiter() {
        boolean trims = !text.startsWith(RIGHT, pos);
        pos += (trims ? 2 : 0) + RIGHT.length();
        while (trims && pos < text.length() && isSpace(text.charAt(pos))) {
            pos++;
        }
    }

    private boolean trimsLeft(int at) {
        return at + 1 < text.length() && text.charAt(at) == '-' && isSpace(text.charAt(at + 1));
    }

    private boolean atRightDelimiter() {
        return text.startsWith(RIGHT, pos) || atTrimmingRightDelimiter(pos);
    }

    private boolean atTrimmingRightDelimiter(int at) {
        return at + 1 < text.length() && isSpace(text.charAt(at)) && text.charAt(at + 1) == '-' && text.startsWith(RIGHT, at + 2);
    }

    private boolean insideAction() {
        int c = text.codePointAt(pos);
        if (isSpace(c)) {
            return space();
        }
        pos += Character.charCount(c);
        return switch (c) {
            case '=' -> emit(Kind.ASSIGN);
            case ':' -> declare();
            case '|' -> emit(Kind.PIPE);
            case '"' -> quoted('"', Kind.STRING, "unterminated quoted string");
            case '\'' -> quoted('\'', Kind.CHARACTER, "unterminated character constant");
            case '`' -> rawString();
            case '$' -> fieldOrVariable(Kind.VARIABLE, Kind.VARIABLE);
            case '(' -> leftParen();
            case ')' -> rightParen();
            case '.' -> isDigit(peek()) ? number() : fieldOrVariable(Kind.FIELD, Kind.DOT);
            default -> numberOrWord(c);
        };
    }

    private boolean numberOrWord(int c) {
        if (c == '+' || c == '-' || isDigit(c)) {
            return number();
        }
        if (isAlphaNumeric(c)) {
            return identifier();
        }
        return (c > ' ' && c < 0x7F) ? emit(Kind.CHAR) : fail("unrecognized character in action: " + Quoting.unicode(c));
    }

    private boolean declare() {
        if (peek() != '=') {
            return fail("expected :=");
        }
        pos++;
        return emit(Kind.DECLARE);
    }

    private boolean leftParen() {
        parens++;
        return emit(Kind.LEFT_PAREN);
    }

    private boolean rightParen() {
        parens--;
        return parens < 0 ? fail("unexpected right paren") : emit(Kind.RIGHT_PAREN);
    }

    private boolean space() {
        while (isSpace(peek())) {
            pos++;
        }
        // The last blank may belong to a trimming right delimiter; a single one does so already in atRightDelimiter.
        if (atTrimmingRightDelimiter(pos - 1)) {
            pos--;
        }
        return emit(Kind.SPACE);
    }

    private boolean quoted(char quote, Kind kind, String unterminated) {
        while (true) {
            int c = peek();
            pos++;
            if (c == '\\') {
                c = peek() == '\n' ? -1 : peek();
                pos++;
            } else if (c == quote) {
                return emit(kind);
            }
            if (c < 0 || c == '\n') {
                return fail(unterminated);
            }
        }
    }

    private boolean rawString() {
        int end = text.indexOf('`', pos);
        if (end < 0) {
            return fail("unterminated raw quoted string");
        }
        pos = end + 1;
        return emit(Kind.RAW_STRING);
    }

    private boolean fieldOrVariable(Kind named, Kind alone) {
        if (atTerminator()) {
            return emit(alone);
        }
        skipAlphaNumeric();
        return atTerminator() ? emit(named) : badCharacter();
    }

    private boolean identifier() {
        skipAlphaNumeric();
        return atTerminator() ? emit(keyword(text.substring(start, pos))) : badCharacter();
    }

    private Kind keyword(String word) {
        return switch (word) {
            case "true", "false" -> Kind.BOOL;
            case "nil" -> Kind.NIL;
            case "block" -> Kind.BLOCK;
            case "break" -> functions.contains(word) ? Kind.IDENTIFIER : Kind.BREAK;
            case "continue" -> functions.contains(word) ? Kind.IDENTIFIER : Kind.CONTINUE;
            case "define" -> Kind.DEFINE;
            case "else" -> Kind.ELSE;
            case "end" -> Kind.END;
            case "if" -> Kind.IF;
            case "range" -> Kind.RANGE;
            case "template" -> Kind.TEMPLATE;
            case "with" -> Kind.WITH;
            default -> Kind.IDENTIFIER;
        };
    }

    private boolean number() {
        pos = start;
        if (!scanNumber()) {
            return fail("bad number syntax: " + Quoting.quote(text.substring(start, pos)));
        }
        if (peek() == '+' || peek() == '-') {
            if (!scanNumber() || text.charAt(pos - 1) != 'i') {
                return fail("bad number syntax: " + Quoting.quote(text.substring(start, pos)));
            }
            return emit(Kind.COMPLEX);
        }
        return emit(Kind.NUMBER);
    }

    private boolean badCharacter() {
        return fail("bad character " + Quoting.unicode(peekCodePoint()));
    }

    private boolean emit(Kind kind) {
        tokens.add(new Token(kind, start, pos, text.substring(start, pos)));
        return true;
    }

    private boolean fail(String message) {
        tokens.add(new Token(Kind.ERROR, start, start, message));
        return false;
    }
}
