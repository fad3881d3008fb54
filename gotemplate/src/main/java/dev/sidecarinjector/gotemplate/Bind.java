package dev.sidecarinjector.gotemplate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pipeline that declares or assigns variables; its value is what they hold then. */
record Bind(At at, Expr value, List<Integer> slots) implements Expr {
    @Override
    public @Nullable Object eval(Frame frame, @Nullable Object dot) {
        Object result = value.eval(frame, dot);
        for (int slot : slots) {
            if (slot == Scope.UNDECLARED) {
                throw at.failure("undefined variable");
            }
            frame.set(slot, result);
        }
        return result;
    }
}
