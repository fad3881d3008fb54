package dev.sidecarinjector.gotemplate;

import org.jspecify.annotations.Nullable;

/** A constant, or nil as an argument. */
record Literal(@Nullable Object value) implements Expr {
    @Override
    public @Nullable Object eval(Frame frame, @Nullable Object dot) {
        return value;
    }
}
