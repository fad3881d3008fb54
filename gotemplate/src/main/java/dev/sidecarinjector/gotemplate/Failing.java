package dev.sidecarinjector.gotemplate;

import org.jspecify.annotations.Nullable;

/** An expression of which only its execution is an error in Go: nil as a command, an argument to something that is no function. */
record Failing(At at, String reason) implements Expr {
    @Override
    public @Nullable Object eval(Frame frame, @Nullable Object dot) {
        throw at.failure(reason);
    }
}
