package dev.sidecarinjector.gotemplate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The arguments of a call; when piped, the last one is the value of the pipeline's stage before, and it is evaluated first. */
final class Arguments {
    private static final @Nullable Object[] NONE = new Object[0];

    private final Expr[] expressions;
    private final boolean piped;

    Arguments(List<Expr> expressions, boolean piped) {
        this.expressions = expressions.toArray(new Expr[0]);
        this.piped = piped;
    }

    boolean piped() {
        return piped;
    }

    Expr get(int index) {
        return expressions[index];
    }

    int count() {
        return expressions.length;
    }

    @Nullable
    Object[] eval(Frame frame, @Nullable Object dot) {
        int count = expressions.length;
        if (count == 0) {
            return NONE;
        }
        @Nullable
        Object[] values = new Object[count];
        if (piped) {
            count--;
            values[count] = expressions[count].eval(frame, dot);
        }
        for (int i = 0; i < count; i++) {
            values[i] = expressions[i].eval(frame, dot);
        }
        return values;
    }
}
