package dev.sidecarinjector.gotemplate;

import org.jspecify.annotations.Nullable;

/** An action that prints the value of a pipeline. */
record Print(At at, int line, Expr value) implements Node {
    @Override
    public Flow exec(Frame frame, @Nullable Object dot) {
        Object result = value.eval(frame, dot);
        if (result instanceof Function) {
            throw at.failure("can't print " + at.text() + " of type func");
        }
        try {
            if (!frame.run.print(result, line)) {
                throw at.failure(frame.run.outputFull());
            }
        } catch (FunctionFailure failure) {
            throw at.failure(failure.getMessage());
        }
        return Flow.NEXT;
    }
}
