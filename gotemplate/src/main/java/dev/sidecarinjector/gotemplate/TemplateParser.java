package dev.sidecarinjector.gotemplate;

import dev.sidecarinjector.gotemplate.If.Branch;
import dev.sidecarinjector.gotemplate.Node.Flow;
import dev.sidecarinjector.gotemplate.PipelineParser.Pipeline;
import dev.sidecarinjector.gotemplate.Token.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses a template: text, actions, control structures and definitions of further templates. */
final class TemplateParser {
    private static final int MAX_DEPTH = 250;

    private final Source source;
    private final Tokens tokens;
    private final PipelineParser pipelines;
    private final @Nullable Coverage coverage;
    private final Map<String, Definition> templates = new HashMap<>();
    private int depth;
    private int loops;

    TemplateParser(Source source, Map<String, Function> functions, @Nullable Coverage coverage) {
        this.source = source;
        this.coverage = coverage;
        this.tokens = new Tokens(source, Lexer.lex(source.text(), functions.keySet()));
        this.pipelines = new PipelineParser(tokens, new Functions(functions));
    }

    /** All templates by name, the main one under the name of the source. */
    Map<String, Definition> parse() {
        if (coverage != null) {
            coverage.parsing(source);
        }
        List<Node> nodes = new ArrayList<>();
        while (!tokens.peek().is(Kind.END_OF_TEXT)) {
            int mark = tokens.mark();
            if (tokens.next().is(Kind.LEFT) && tokens.nextNonSpace().is(Kind.DEFINE)) {
                define();
                continue;
            }
            tokens.back(mark);
            Token stop = item(nodes);
            if (stop != null) {
                throw tokens.error(stop, "unexpected {{" + stop.text() + "}}");
            }
        }
        add(tokens.peek(), source.name(), nodes);
        return Map.copyOf(templates);
    }

    private void define() {
        Token name = tokens.nextNonSpace();
        String defined = name(name, "define clause");
        tokens.expect(Kind.RIGHT, "define clause");
        definition(name, defined, "define clause");
    }

    private String name(Token token, String context) {
        if (!token.is(Kind.STRING) && !token.is(Kind.RAW_STRING)) {
            throw tokens.unexpected(token, context);
        }
        return pipelines.constant(token).toString();
    }

    /** The body of {@code define} or {@code block} up to its end: it sees no variable and no loop of what surrounds it. */
    private void definition(Token at, String name, String context) {
        Scope outer = pipelines.enter(new Scope());
        int outerLoops = loops;
        loops = 0;
        List<Node> nodes = new ArrayList<>();
        Token stop = list(nodes);
        if (!stop.is(Kind.END)) {
            throw tokens.error(stop, "unexpected {{" + stop.text() + "}} in " + context);
        }
        add(at, name, nodes);
        loops = outerLoops;
        pipelines.enter(outer);
    }

    private void add(Token at, String name, List<Node> nodes) {
        boolean empty = true;
        for (Node node : nodes) {
            empty &= node instanceof Text text && text.text().isBlank();
        }
        Definition known = templates.get(name);
        if (known == null || known.isEmpty()) {
            templates.put(name, new Definition(Sequence.of(nodes), pipelines.scope().size(), empty));
        } else if (!empty) {
            throw tokens.error(at, "multiple definition of template " + Quoting.quote(name));
        }
    }

    /** Everything up to {@code end} or {@code else}, which is given back. */
    private Token list(List<Node> nodes) {
        if (++depth > MAX_DEPTH) {
            throw tokens.error(tokens.peek(), "control structures are nested more than " + MAX_DEPTH + " deep");
        }
        while (!tokens.peekNonSpace().is(Kind.END_OF_TEXT)) {
            Token stop = item(nodes);
            if (stop != null) {
                depth--;
                return stop;
            }
        }
        throw tokens.error(tokens.peek(), "unexpected EOF");
    }

    /** One text or action, appended to the nodes; {@code end} and {@code else} are given back instead. */
    private @Nullable Token item(List<Node> nodes) {
        Token token = tokens.nextNonSpace();
        if (token.is(Kind.TEXT)) {
            nodes.add(new Text(tokens.at(token), token.text()));
            return null;
        }
        if (!token.is(Kind.LEFT)) {
            throw tokens.unexpected(token, "input");
        }
        int mark = tokens.mark();
        Token word = tokens.nextNonSpace();
        switch (word.kind()) {
            case END -> {
                tokens.expect(Kind.RIGHT, "end");
                return word;
            }
            case ELSE -> {
                Token next = tokens.peekNonSpace();
                if (!next.is(Kind.IF) && !next.is(Kind.WITH)) {
                    tokens.expect(Kind.RIGHT, "else");
                }
                return word;
            }
            case IF, WITH -> nodes.add(conditional(word));
            case RANGE -> nodes.add(range(word));
            case TEMPLATE -> nodes.add(template());
            case BLOCK -> nodes.add(block());
            case BREAK -> nodes.add(jump(word, Flow.BREAK));
            case CONTINUE -> nodes.add(jump(word, Flow.CONTINUE));
            default -> {
                tokens.back(mark);
                nodes.add(action());
            }
        }
        return null;
    }

    private Node action() {
        Pipeline pipeline = pipelines.pipeline("command", Kind.RIGHT);
        if (pipeline.declares()) {
            return new Evaluate(pipeline.binding());
        }
        return new Print(pipeline.at(), pipeline.at().line(), pipeline.value());
    }

    private Node conditional(Token word) {
        Kind keyword = word.kind();
        Scope scope = pipelines.scope();
        int mark = scope.mark();
        List<Branch> branches = new ArrayList<>();
        int firstEnd = 0;
        Token stop = word;
        do {
            Token start = stop;
            Pipeline condition = pipelines.pipeline(word.text(), Kind.RIGHT);
            int bodyMark = scope.mark();
            List<Node> body = new ArrayList<>();
            stop = list(body);
            scope.hide(bodyMark);
            firstEnd = branches.isEmpty() ? condition.at().end() : firstEnd;
            branches.add(new Branch(condition.binding(), counted(start.start(), condition.at().end(), "", Sequence.of(body))));
        } while (stop.is(Kind.ELSE) && nextIs(keyword));
        Node last = otherwise(stop, word.start(), firstEnd, branches.size() > 1 ? ": no branch taken" : ": not taken");
        scope.release(mark);
        return keyword == Kind.IF ? new If(branches, last) : new With(branches, last);
    }

    /** A branch; where somebody wants to know, it counts how often it is taken. */
    private Node counted(int start, int end, String remark, Node body) {
        return coverage == null ? body : new Counted(coverage.counter(source, start, end, remark), body);
    }

    private boolean nextIs(Kind keyword) {
        boolean is = tokens.peek().is(keyword);
        if (is) {
            tokens.next();
        }
        return is;
    }

    /** What is executed if no other branch is: the {@code else} at which the last one stopped, or nothing. */
    private Node otherwise(Token stop, int start, int end, String remark) {
        List<Node> nodes = new ArrayList<>();
        boolean written = stop.is(Kind.ELSE);
        if (written && !list(nodes).is(Kind.END)) {
            throw tokens.error(tokens.peek(), "expected end; found {{else}}");
        }
        Node body = Sequence.of(nodes);
        return written ? counted(stop.start(), stop.end(), "", body) : counted(start, end, remark, body);
    }

    private Node range(Token word) {
        Scope scope = pipelines.scope();
        int mark = scope.mark();
        Pipeline pipeline = pipelines.pipeline("range", Kind.RIGHT);
        int bodyMark = scope.mark();
        loops++;
        List<Node> body = new ArrayList<>();
        Token stop = list(body);
        loops--;
        scope.hide(bodyMark);
        Node otherwise = otherwise(stop, word.start(), pipeline.at().end(), ": nothing to go through");
        scope.release(mark);
        List<Integer> slots = pipeline.slots();
        int key = slots.size() > 1 ? slots.getFirst() : Range.NONE;
        int element = slots.isEmpty() ? Range.NONE : slots.getLast();
        return new Range(pipeline.at(), pipeline.binding(), key, element,
                counted(word.start(), pipeline.at().end(), "", Sequence.of(body)), otherwise);
    }

    private Node template() {
        Token name = tokens.nextNonSpace();
        String called = name(name, "template clause");
        int end = name.end();
        if (tokens.peekNonSpace().is(Kind.RIGHT)) {
            tokens.next();
            return new TemplateCall(tokens.at(name.start(), end), called, null);
        }
        Pipeline pipeline = pipelines.pipeline("template clause", Kind.RIGHT);
        return new TemplateCall(tokens.at(name.start(), pipeline.at().end()), called, pipeline.binding());
    }

    private Node block() {
        Token name = tokens.nextNonSpace();
        String called = name(name, "block clause");
        Pipeline pipeline = pipelines.pipeline("block clause", Kind.RIGHT);
        definition(name, called, "block clause");
        return new TemplateCall(tokens.at(name.start(), pipeline.at().end()), called, pipeline.binding());
    }

    private Node jump(Token word, Flow flow) {
        tokens.expect(Kind.RIGHT, "{{" + word.text() + "}}");
        if (loops == 0) {
            throw tokens.error(word, "{{" + word.text() + "}} outside {{range}}");
        }
        return new Jump(flow);
    }
}
