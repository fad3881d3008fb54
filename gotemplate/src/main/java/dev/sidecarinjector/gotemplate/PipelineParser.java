package dev.sidecarinjector.gotemplate;

import dev.sidecarinjector.gotemplate.Operand.Form;
import dev.sidecarinjector.gotemplate.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses pipelines: what stands within an action. */
final class PipelineParser {
    private static final int MAX_DEPTH = 250;

    private final Tokens tokens;
    private final Functions functions;
    private Scope scope = new Scope();
    private int depth;
    /** Where the last operand ended. */
    private int lastEnd;

    PipelineParser(Tokens tokens, Functions functions) {
        this.tokens = tokens;
        this.functions = functions;
    }

    /** A pipeline with the variables that it sets, one for each slot. */
    record Pipeline(At at, Expr value, List<String> names, List<Integer> slots) {
        boolean declares() {
            return !slots.isEmpty();
        }

        /** The value, setting all variables to it. */
        Expr binding() {
            return declares() ? new Bind(at, value, names, slots) : value;
        }
    }

    Scope scope() {
        return scope;
    }

    /** Starts with the variables of another template; gives those that were visible before. */
    Scope enter(Scope other) {
        Scope before = scope;
        scope = other;
        return before;
    }

    /** {@code declarations? command ('|' command)*} up to the given end, which is consumed. */
    Pipeline pipeline(String context, Kind end) {
        int start = tokens.peekNonSpace().start();
        List<String> names = new ArrayList<>(2);
        boolean assigns = declarations(context, names);
        Expr value = commands(context, end);
        List<Integer> slots = new ArrayList<>(2);
        for (String name : names) {
            slots.add(assigns ? scope.assign(name) : scope.declare(name));
        }
        return new Pipeline(tokens.at(start, lastEnd), value, names, slots);
    }

    /** Reads what stands before {@code :=} or {@code =} into names; true if it is an assignment. */
    private boolean declarations(String context, List<String> names) {
        while (tokens.peekNonSpace().is(Kind.VARIABLE)) {
            int mark = tokens.mark();
            Token variable = tokens.next();
            Token next = tokens.peekNonSpace();
            if (next.is(Kind.ASSIGN) || next.is(Kind.DECLARE)) {
                tokens.next();
                names.add(variable.text());
                return next.is(Kind.ASSIGN);
            }
            if (!next.is(Kind.CHAR) || !next.text().equals(",")) {
                tokens.back(mark);
                return false;
            }
            tokens.next();
            names.add(variable.text());
            if (!context.equals("range") || names.size() > 1) {
                throw tokens.error(variable, "too many declarations in " + context);
            }
            Token after = tokens.peekNonSpace();
            if (!after.is(Kind.VARIABLE) && !after.is(Kind.RIGHT) && !after.is(Kind.RIGHT_PAREN)) {
                throw tokens.error(after, "range can only initialize variables");
            }
        }
        return false;
    }

    private Expr commands(String context, Kind end) {
        Expr value = null;
        for (int stage = 1;; stage++) {
            Token token = tokens.peekNonSpace();
            if (token.is(end)) {
                tokens.next();
                if (value == null) {
                    throw tokens.error(token, "missing value for " + context);
                }
                return value;
            }
            if (!startsOperand(token)) {
                throw tokens.unexpected(token, context);
            }
            value = command(value, stage);
        }
    }

    private static boolean startsOperand(Token token) {
        return switch (token.kind()) {
            case BOOL, CHARACTER, COMPLEX, DOT, FIELD, IDENTIFIER, NUMBER, NIL, RAW_STRING, STRING, VARIABLE, LEFT_PAREN -> true;
            default -> false;
        };
    }

    /** {@code operand (space operand)*} and the pipe behind it, if there is one. */
    private Expr command(@Nullable Expr piped, int stage) {
        Token first = tokens.peekNonSpace();
        Operand head = null;
        List<Expr> arguments = new ArrayList<>();
        while (true) {
            tokens.peekNonSpace();
            Operand operand = operand();
            if (operand != null) {
                lastEnd = operand.at().end();
            }
            if (operand != null && head == null) {
                head = operand;
            } else if (operand != null) {
                arguments.add(operand.alone());
            }
            int mark = tokens.mark();
            Token token = tokens.next();
            if (token.is(Kind.SPACE)) {
                continue;
            }
            if (token.is(Kind.RIGHT) || token.is(Kind.RIGHT_PAREN)) {
                tokens.back(mark);
            } else if (!token.is(Kind.PIPE)) {
                throw tokens.unexpected(token, "operand");
            }
            break;
        }
        if (head == null) {
            throw tokens.error(first, "empty command");
        }
        if (stage > 1 && !head.executable()) {
            throw tokens.error(first, "non executable command in pipeline stage " + stage);
        }
        if (piped != null) {
            arguments.add(piped);
        }
        At at = tokens.at(first.start(), lastEnd);
        return head.command(at, new Arguments(arguments, piped != null));
    }

    /** {@code term .Field*}; null if the next token starts no term. */
    private @Nullable Operand operand() {
        int start = tokens.peek().start();
        Operand term = term();
        if (term == null || !tokens.peek().is(Kind.FIELD)) {
            return term;
        }
        List<String> names = new ArrayList<>();
        Expr receiver = term.alone();
        switch (term.form()) {
            case CONSTANT, DOT, NIL -> throw tokens.error(tokens.peek(), "unexpected . after term " + Quoting.quote(term.at().text()));
            case FIELDS -> {
                FieldChain chain = (FieldChain) receiver;
                receiver = chain.start();
                names.addAll(chain.names());
            }
            case VARIABLE, FUNCTION, GROUP -> {
            }
        }
        while (tokens.peek().is(Kind.FIELD)) {
            names.add(tokens.next().text().substring(1));
        }
        At at = tokens.at(start, tokens.lastEnd());
        return new Operand(at, Form.FIELDS, new FieldChain(at, receiver, names));
    }

    private @Nullable Operand term() {
        int mark = tokens.mark();
        Token token = tokens.nextNonSpace();
        At at = tokens.at(token);
        return switch (token.kind()) {
            case IDENTIFIER -> new Operand(at, Form.FUNCTION, function(token, at));
            case DOT -> new Operand(at, Form.DOT, new Dot());
            case NIL -> new Operand(at, Form.NIL, new Literal(null));
            case VARIABLE -> new Operand(at, Form.VARIABLE, variable(token, at));
            case FIELD -> new Operand(at, Form.FIELDS, new FieldChain(at, new Dot(), List.of(token.text().substring(1))));
            case BOOL -> new Operand(at, Form.CONSTANT, new Literal(token.text().equals("true")));
            case CHARACTER, COMPLEX, NUMBER, STRING, RAW_STRING -> new Operand(at, Form.CONSTANT, new Literal(constant(token)));
            case LEFT_PAREN -> group(token);
            default -> {
                tokens.back(mark);
                yield null;
            }
        };
    }

    private Operand group(Token left) {
        if (++depth > MAX_DEPTH) {
            throw tokens.error(left, "max expression depth exceeded");
        }
        Expr inner = pipeline("parenthesized pipeline", Kind.RIGHT_PAREN).binding();
        depth--;
        boolean bare = inner instanceof Dot || inner instanceof Variable;
        return new Operand(tokens.at(left.start(), tokens.lastEnd()), Form.GROUP, bare ? new Grouped(inner) : inner);
    }

    private Expr function(Token token, At at) {
        try {
            Expr call = functions.find(token.text(), at);
            if (call != null) {
                return call;
            }
        } catch (FunctionFailure refused) {
            throw tokens.error(token, refused.getMessage());
        }
        throw tokens.error(token, "function " + Quoting.quote(token.text()) + " not defined");
    }

    private Expr variable(Token token, At at) {
        int slot = scope.find(token.text());
        return switch (slot) {
            case Scope.UNKNOWN -> throw tokens.error(token, "undefined variable " + Quoting.quote(token.text()));
            case Scope.UNDECLARED -> new Failing(at, "undefined variable: " + token.text());
            default -> new Variable(slot);
        };
    }

    Object constant(Token token) {
        String text = token.text();
        try {
            return switch (token.kind()) {
                case STRING, RAW_STRING -> Literals.string(text);
                case CHARACTER -> Literals.character(text);
                case NUMBER -> text.endsWith("i") ? complex(text) : Literals.number(text);
                default -> complex(text);
            };
        } catch (FunctionFailure failure) {
            throw tokens.error(token, failure.getMessage());
        }
    }

    private static Object complex(String text) {
        throw new FunctionFailure("complex numbers are not supported: " + Quoting.quote(text));
    }
}
