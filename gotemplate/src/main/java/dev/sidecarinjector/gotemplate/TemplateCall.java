package dev.sidecarinjector.gotemplate;

import org.jspecify.annotations.Nullable;

/** {@code template "name" pipeline} */
record TemplateCall(At at, String name, @Nullable Expr argument) implements Node {
    @Override
    public Flow exec(Frame frame, @Nullable Object dot) {
        Definition definition = frame.run.templates.get(name);
        if (definition == null) {
            throw at.failure("template " + Quoting.quote(name) + " not defined");
        }
        if (frame.depth >= frame.run.limits.depth()) {
            throw at.failure("exceeded maximum template depth (" + frame.run.limits.depth() + ")");
        }
        Object value = argument == null ? null : argument.eval(frame, dot);
        definition.exec(frame.run, frame.depth + 1, value);
        return Flow.NEXT;
    }
}
