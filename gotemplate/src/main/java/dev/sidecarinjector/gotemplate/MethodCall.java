package dev.sidecarinjector.gotemplate;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** {@code .a.Method arg}: the last name of a chain, called with arguments. */
record MethodCall(FieldChain chain, Arguments arguments) implements Expr {
    @Override
    public @Nullable Object eval(Frame frame, @Nullable Object dot) {
        Object owner = chain.owner(frame, dot);
        @Nullable
        Object[] values = arguments.eval(frame, dot);
        if (owner == null) {
            return null;
        }
        try {
            return Members.call(owner, chain.lastName(), Arrays.asList(values));
        } catch (FunctionFailure failure) {
            throw chain.at().failure(failure.getMessage());
        }
    }
}
