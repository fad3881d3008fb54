package dev.sidecarinjector.injection.cel;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Splits an expression into its words. */
final class Tokens {
    private static final Pattern TOKEN = Pattern.compile("\\s*(?://[^\\n]*(?:\\n|$)\\s*)*(?:"
            + "(?<text>\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\\\n]|\\\\.)*')" + "|(?<number>\\d+(?![\\w.]))" + "|(?<word>[A-Za-z_]\\w*)"
            + "|(?<sign>&&|\\|\\||==|!=|<=|>=|[-!<>+*/%?:.,()\\[\\]{}])" + ")");

    private final List<Token> tokens = new ArrayList<>();
    private int next;

    /** What a word of an expression is. */
    enum Kind {
        TEXT, NUMBER, WORD, SIGN, END
    }

    record Token(Kind kind, String text) {}

    /** @throws UnreadableException where a word is none that we know: a raw text, a number with a fraction */
    Tokens(String expression) {
        Matcher matcher = TOKEN.matcher(expression);
        int position = 0;
        while (position < expression.length()) {
            matcher.region(position, expression.length());
            if (!matcher.lookingAt()) {
                if (expression.substring(position).isBlank()) {
                    break;
                }
                throw new UnreadableException("cannot read \"" + expression.substring(position).strip() + "\"");
            }
            position = matcher.end();
            tokens.add(token(matcher));
        }
    }

    private static Token token(Matcher matcher) {
        String word = matcher.group("word");
        String number = matcher.group("number");
        String text = matcher.group("text");
        if (word != null) {
            return new Token(Kind.WORD, word);
        }
        if (number != null) {
            return new Token(Kind.NUMBER, number);
        }
        return text != null ? new Token(Kind.TEXT, unescaped(text)) : new Token(Kind.SIGN, matcher.group("sign"));
    }

    private static String unescaped(String quoted) {
        StringBuilder text = new StringBuilder(quoted.length());
        for (int i = 1; i < quoted.length() - 1; i++) {
            char c = quoted.charAt(i);
            if (c == '\\') {
                i++;
                c = switch (quoted.charAt(i)) {
                    case 'n' -> '\n';
                    case 't' -> '\t';
                    case '\\', '"', '\'', '`', '?' -> quoted.charAt(i);
                    default -> throw new UnreadableException("cannot read the escape \\" + quoted.charAt(i));
                };
            }
            text.append(c);
        }
        return text.toString();
    }

    Token peek() {
        return next < tokens.size() ? tokens.get(next) : new Token(Kind.END, "");
    }

    Token take() {
        Token token = peek();
        next++;
        return token;
    }

    /** Takes the next token if it is this sign or word. */
    boolean take(String text) {
        Token token = peek();
        boolean found = (token.kind() == Kind.SIGN || token.kind() == Kind.WORD) && token.text().equals(text);
        if (found) {
            next++;
        }
        return found;
    }

    void need(String sign) {
        if (!take(sign)) {
            throw new UnreadableException("expected " + sign + ", found \"" + peek().text() + "\"");
        }
    }
}
