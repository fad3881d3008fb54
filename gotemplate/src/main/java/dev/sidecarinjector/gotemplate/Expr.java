package dev.sidecarinjector.gotemplate;

import org.jspecify.annotations.Nullable;

/** An expression of a template, ready to be evaluated by any number of threads. */
sealed interface Expr
        permits Literal, Dot, Variable, FieldChain, MethodCall, FunctionCall, BuiltinCall, ShortCircuit, Bind, Grouped, Failing {
    /** The value; nil and missing are both null. */
    @Nullable
    Object eval(Frame frame, @Nullable Object dot);

    /** The value to look for a field in: may be {@link NilElement#VALUE}. */
    default @Nullable Object receiver(Frame frame, @Nullable Object dot) {
        return eval(frame, dot);
    }
}
