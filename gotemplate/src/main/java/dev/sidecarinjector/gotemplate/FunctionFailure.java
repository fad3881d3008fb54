package dev.sidecarinjector.gotemplate;

/** A function's own error; the engine adds where in the template it happened. */
public final class FunctionFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reason;

    public FunctionFailure(String message) {
        super(message, null, false, false);
        this.reason = message;
    }

    @Override
    public String getMessage() {
        return reason;
    }
}
