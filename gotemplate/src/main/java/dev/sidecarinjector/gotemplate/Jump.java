package dev.sidecarinjector.gotemplate;

import org.jspecify.annotations.Nullable;

/** {@code break} and {@code continue} */
record Jump(Flow flow) implements Node {
    @Override
    public Flow exec(Frame frame, @Nullable Object dot) {
        return flow;
    }
}
