package dev.sidecarinjector.injection.cel;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An expression, parsed once. */
public final class Expression {
    private final @Nullable Node node;
    private final String problem;

    private Expression(@Nullable Node node, String problem) {
        this.node = node;
        this.problem = problem;
    }

    /** Never fails: an expression that cannot be read evaluates to unknown, with the reason. */
    public static Expression parse(String text) {
        try {
            return new Expression(Parser.parse(text), "");
        } catch (UnreadableException e) {
            return new Expression(null, "not evaluated here: " + e.getMessage());
        }
    }

    /** Evaluates it with these variables; others are unknown. */
    public Value evaluate(Map<String, Variable> variables) {
        return node == null ? Value.unknown(problem) : new Evaluation(variables).of(node);
    }
}
