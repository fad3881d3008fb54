package dev.sidecarinjector.injection.cel;

/** An expression that our part of the language does not cover. */
final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
        super(message, null, false, false);
    }
}
