package dev.sidecarinjector.injection;

/** Input that a user can mend and that stops the injection: carries the reason; the message says what, where and what to do. */
public final class InjectionException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final Reason reason;
    private final String message;

    public InjectionException(Reason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
        this.message = message;
    }

    @Override
    public String getMessage() {
        return message;
    }

    public Reason reason() {
        return reason;
    }
}
