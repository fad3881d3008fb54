package dev.sidecarinjector.sidecarctl;

/** Ends a command: the message says what is wrong, where, and what to do. */
public final class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final ExitStatus status;

    public CommandFailure(String message) {
        this(ExitStatus.FAILED, message);
    }

    CommandFailure(ExitStatus status, String message) {
        super(message, null, false, false);
        this.status = status;
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    ExitStatus status() {
        return status;
    }
}
