package dev.sidecarinjector.webhook.registration;

/** Wanted registrations that cannot be used; the message says which file, what is wrong with it, and what to do. */
public final class RegistrationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RegistrationException(String message) {
        super(message);
    }
}
