package dev.sidecarinjector.gotemplate;

/** A function's own error; the engine adds where in the template it happened. */
public final class FunctionFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public FunctionFailure(String message) {
        super(message, null, false, false);
    }
}
