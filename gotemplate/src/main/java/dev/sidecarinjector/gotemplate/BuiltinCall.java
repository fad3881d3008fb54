package dev.sidecarinjector.gotemplate;

import org.jspecify.annotations.Nullable;

/** A call of one of Go's own functions. */
record BuiltinCall(At at, Builtin builtin, Arguments arguments) implements Expr {
    @Override
    public @Nullable Object eval(Frame frame, @Nullable Object dot) {
        String wrongCount = builtin.checkCount(arguments.count());
        if (wrongCount != null) {
            throw at.failure(wrongCount);
        }
        try {
            return builtin.apply(arguments.eval(frame, dot));
        } catch (FunctionFailure failure) {
            throw at.failure("error calling " + builtin.goName() + ": " + failure.getMessage());
        }
    }
}
