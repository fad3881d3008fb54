package dev.sidecarinjector.gotemplate;

import dev.sidecarinjector.gotemplate.Token.Kind;
import java.util.List;

/** The parser's place in the tokens of a template. */
final class Tokens {
    private final Source source;
    private final List<Token> tokens;
    private int index;

    Tokens(Source source, List<Token> tokens) {
        this.source = source;
        this.tokens = tokens;
    }

    Token next() {
        Token token = tokens.get(index);
        // The last token stays: nothing comes after the end or an error.
        index = Math.min(index + 1, tokens.size() - 1);
        return token;
    }

    Token peek() {
        return tokens.get(index);
    }

    Token nextNonSpace() {
        Token token = next();
        return token.is(Kind.SPACE) ? next() : token;
    }

    Token peekNonSpace() {
        if (peek().is(Kind.SPACE)) {
            next();
        }
        return peek();
    }

    Token expect(Kind kind, String context) {
        Token token = nextNonSpace();
        if (!token.is(kind)) {
            throw unexpected(token, context);
        }
        return token;
    }

    /** The place to come back to. */
    int mark() {
        return index;
    }

    void back(int mark) {
        index = mark;
    }

    /** Where the token before the current one ended. */
    int lastEnd() {
        return index == 0 ? 0 : tokens.get(index - 1).end();
    }

    At at(int start, int end) {
        return new At(source, start, end);
    }

    At at(Token token) {
        return new At(source, token.start(), token.end());
    }

    TemplateException unexpected(Token token, String context) {
        return error(token, token.is(Kind.ERROR) ? token.text() : "unexpected " + token.shown() + " in " + context);
    }

    TemplateException error(Token token, String reason) {
        return source.error(token.start(), token.start(), reason);
    }
}
