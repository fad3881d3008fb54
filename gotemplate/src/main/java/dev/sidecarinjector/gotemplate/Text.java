package dev.sidecarinjector.gotemplate;

import org.jspecify.annotations.Nullable;

/** Text between actions. */
record Text(At at, String text) implements Node {
    @Override
    public Flow exec(Frame frame, @Nullable Object dot) {
        if (!frame.run.append(text)) {
            throw at.source().error(at.start(), at.start(), frame.run.outputFull());
        }
        return Flow.NEXT;
    }
}
