package dev.sidecarinjector.gotemplate;

import org.jspecify.annotations.Nullable;

/** The variables of one template while it is executed; slot 0 is {@code $}. */
final class Frame {
    final Run run;
    final int depth;
    private final @Nullable Object[] variables;

    Frame(Run run, int depth, int slots, @Nullable Object dot) {
        this.run = run;
        this.depth = depth;
        this.variables = new Object[slots];
        this.variables[0] = dot;
    }

    @Nullable
    Object get(int slot) {
        return variables[slot];
    }

    void set(int slot, @Nullable Object value) {
        variables[slot] = value;
    }
}
