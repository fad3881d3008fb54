package dev.sidecarinjector.gotemplate;

import org.jspecify.annotations.Nullable;

/** A parenthesised dot or variable: an explicit nil becomes a missing value on its way through the parentheses. */
record Grouped(Expr inner) implements Expr {
    @Override
    public @Nullable Object eval(Frame frame, @Nullable Object dot) {
        return inner.eval(frame, dot);
    }
}
