package dev.sidecarinjector.gotemplate;

import org.jspecify.annotations.Nullable;

/** {@code .} */
record Dot() implements Expr {
    @Override
    public @Nullable Object eval(Frame frame, @Nullable Object dot) {
        return NilElement.unwrap(dot);
    }

    @Override
    public @Nullable Object receiver(Frame frame, @Nullable Object dot) {
        return dot;
    }
}
