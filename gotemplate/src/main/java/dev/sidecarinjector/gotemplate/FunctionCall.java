package dev.sidecarinjector.gotemplate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A call of a {@link Function}. */
record FunctionCall(At at, String name, Function function, Arguments arguments) implements Expr {
    @Override
    public @Nullable Object eval(Frame frame, @Nullable Object dot) {
        Call call = new Call(name, Arrays.asList(arguments.eval(frame, dot)));
        try {
            return Marking.call(function, call);
        } catch (FunctionFailure failure) {
            throw at.failure("error calling " + name + ": " + failure.getMessage());
        }
    }
}
