package dev.sidecarinjector.injection.cel;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A parsed expression. */
sealed interface Node {
    record Literal(JsonNode value) implements Node {}

    record Name(String name) implements Node {}

    record ListOf(List<Node> elements) implements Node {}

    record Select(Node operand, String field) implements Node {}

    record Index(Node operand, Node key) implements Node {}

    /** {@code f(x)}, or {@code target.f(x)}. */
    record Call(@Nullable Node target, String function, List<Node> arguments) implements Node {}

    record Not(Node operand) implements Node {}

    record Binary(String operator, Node left, Node right) implements Node {}

    record Choice(Node condition, Node then, Node otherwise) implements Node {}

    /** Something of the language that is read and not evaluated. */
    record Beyond(String what) implements Node {}
}
