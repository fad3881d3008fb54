package dev.sidecarinjector.gotemplate;

import org.jspecify.annotations.Nullable;

/** An action that declares or assigns variables: it prints nothing. */
record Evaluate(Expr value) implements Node {
    @Override
    public Flow exec(Frame frame, @Nullable Object dot) {
        value.eval(frame, dot);
        return Flow.NEXT;
    }
}
