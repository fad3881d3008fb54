package dev.sidecarinjector.webhook.server;

/** A server that cannot start for a reason that the operator can mend; the message says what and how. */
public final class StartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartException(String message, Throwable cause) {
        super(message, cause);
    }
}
