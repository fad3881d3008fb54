package dev.sidecarinjector.gotemplate;

import org.jspecify.annotations.Nullable;

/** A piece of a template that is executed for its output. */
sealed interface Node permits Text, Print, Evaluate, If, With, Range, TemplateCall, Jump, Sequence, Counted {
    /** How execution goes on. */
    enum Flow {
        NEXT, BREAK, CONTINUE
    }

    Flow exec(Frame frame, @Nullable Object dot);
}
