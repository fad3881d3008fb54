package dev.sidecarinjector.injection.cel;

import dev.sidecarinjector.injection.cel.Tokens.Kind;
import dev.sidecarinjector.injection.cel.Tokens.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.BooleanNode;
import tools.jackson.databind.node.LongNode;
import tools.jackson.databind.node.NullNode;
import tools.jackson.databind.node.StringNode;

/** Reads an expression by the grammar of the language's specification. */
final class Parser {
    private static final int DEPTH = 100;
    /** From loose to tight; each binds to the left. */
    private static final List<Set<String>> OPERATORS = List.of(Set.of("||"), Set.of("&&"), Set.of("==", "!=", "<", "<=", ">", ">=", "in"),
            Set.of("+", "-"), Set.of("*", "/", "%"));

    private final Tokens tokens;
    private int depth;

    private Parser(Tokens tokens) {
        this.tokens = tokens;
    }

    static Node parse(String expression) {
        Parser parser = new Parser(new Tokens(expression));
        Node node = parser.expression();
        if (parser.tokens.peek().kind() != Kind.END) {
            throw new UnreadableException("unexpected \"" + parser.tokens.peek().text() + "\"");
        }
        return node;
    }

    private Node expression() {
        if (++depth > DEPTH) {
            throw new UnreadableException("too deep");
        }
        Node node = binary(0);
        if (tokens.take("?")) {
            Node then = binary(0);
            tokens.need(":");
            node = new Node.Choice(node, then, expression());
        }
        depth--;
        return node;
    }

    private Node binary(int level) {
        if (level == OPERATORS.size()) {
            return unary();
        }
        Node left = binary(level + 1);
        while (tokens.peek().kind() != Kind.TEXT && OPERATORS.get(level).contains(tokens.peek().text())) {
            String operator = tokens.take().text();
            left = new Node.Binary(operator, left, binary(level + 1));
        }
        return left;
    }

    private Node unary() {
        if (tokens.take("!")) {
            if (++depth > DEPTH) {
                throw new UnreadableException("too deep");
            }
            Node operand = unary();
            depth--;
            return new Node.Not(operand);
        }
        if (tokens.take("-")) {
            unary();
            return new Node.Beyond("a negative number");
        }
        return member();
    }

    private Node member() {
        Node node = primary();
        while (true) {
            if (tokens.take(".")) {
                if (tokens.peek().kind() != Kind.WORD) {
                    throw new UnreadableException("expected a field's name, found \"" + tokens.peek().text() + "\"");
                }
                String name = tokens.take().text();
                node = tokens.take("(") ? new Node.Call(node, name, list(")")) : new Node.Select(node, name);
            } else if (tokens.take("[")) {
                Node key = expression();
                tokens.need("]");
                node = new Node.Index(node, key);
            } else {
                return node;
            }
        }
    }

    private Node primary() {
        Token token = tokens.take();
        return switch (token.kind()) {
            case TEXT -> new Node.Literal(StringNode.valueOf(token.text()));
            case NUMBER -> number(token.text());
            case WORD -> word(token.text());
            case SIGN -> sign(token.text());
            case END -> throw new UnreadableException("it ends too early");
        };
    }

    private static Node number(String digits) {
        return digits.length() > 18 ? new Node.Beyond("a large number") : new Node.Literal(LongNode.valueOf(Long.parseLong(digits)));
    }

    private Node word(String word) {
        return switch (word) {
            case "true", "false" -> new Node.Literal(BooleanNode.valueOf(word.equals("true")));
            case "null" -> new Node.Literal(NullNode.getInstance());
            default -> {
                if (tokens.peek().kind() == Kind.TEXT) {
                    throw new UnreadableException("cannot read a text that begins with " + word);
                }
                yield tokens.take("(") ? new Node.Call(null, word, list(")")) : new Node.Name(word);
            }
        };
    }

    private Node sign(String sign) {
        return switch (sign) {
            case "(" -> {
                Node node = expression();
                tokens.need(")");
                yield node;
            }
            case "[" -> new Node.ListOf(list("]"));
            default -> throw new UnreadableException("cannot read \"" + sign + "\"");
        };
    }

    private List<Node> list(String end) {
        List<Node> elements = new ArrayList<>();
        while (!tokens.take(end)) {
            elements.add(expression());
            if (!tokens.take(",")) {
                tokens.need(end);
                break;
            }
        }
        return elements;
    }
}
