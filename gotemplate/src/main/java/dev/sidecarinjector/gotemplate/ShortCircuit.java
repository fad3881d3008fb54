package dev.sidecarinjector.gotemplate;

import org.jspecify.annotations.Nullable;

/** {@code and} and {@code or}: evaluates its arguments up to the one that decides and gives that one. */
record ShortCircuit(At at, String name, boolean stopOn, Arguments arguments) implements Expr {
    @Override
    public @Nullable Object eval(Frame frame, @Nullable Object dot) {
        int last = arguments.count() - 1;
        if (last < 0) {
            throw at.failure("wrong number of args for " + name + ": want at least 1 got 0");
        }
        Object piped = arguments.piped() ? arguments.get(last).eval(frame, dot) : null;
        for (int i = 0; i < last; i++) {
            Object value = arguments.get(i).eval(frame, dot);
            if (GoTruth.isTrue(value) == stopOn) {
                return value;
            }
        }
        return arguments.piped() ? piped : arguments.get(last).eval(frame, dot);
    }
}
