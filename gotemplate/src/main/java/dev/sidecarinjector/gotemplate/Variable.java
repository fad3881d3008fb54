package dev.sidecarinjector.gotemplate;

import org.jspecify.annotations.Nullable;

/** {@code $x} */
record Variable(int slot) implements Expr {
    @Override
    public @Nullable Object eval(Frame frame, @Nullable Object dot) {
        return NilElement.unwrap(frame.get(slot));
    }

    @Override
    public @Nullable Object receiver(Frame frame, @Nullable Object dot) {
        return frame.get(slot);
    }
}
