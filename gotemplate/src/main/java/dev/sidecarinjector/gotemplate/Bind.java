package dev.sidecarinjector.gotemplate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A pipeline that declares or assigns variables; its value is what they hold then. */
record Bind(At at, Expr value, List<String> names, List<Integer> slots) implements Expr {
    @Override
    public @Nullable Object eval(Frame frame, @Nullable Object dot) {
        Object result = value.eval(frame, dot);
        for (int i = 0; i < slots.size(); i++) {
            int slot = slots.get(i);
            if (slot == Scope.UNDECLARED) {
                throw at.failure("undefined variable: " + names.get(i));
            }
            frame.set(slot, result);
        }
        return result;
    }
}
