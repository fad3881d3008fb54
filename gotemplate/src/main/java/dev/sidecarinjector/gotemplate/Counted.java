package dev.sidecarinjector.gotemplate;

import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** The body of a branch, with a count of its executions; only templates that are parsed with a {@link Coverage} have such nodes. */
record Counted(LongAdder times, Node body) implements Node {
    @Override
    public Flow exec(Frame frame, @Nullable Object dot) {
        times.increment();
        return body.exec(frame, dot);
    }
}
