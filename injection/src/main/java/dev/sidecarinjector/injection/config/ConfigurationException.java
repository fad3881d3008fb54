package dev.sidecarinjector.injection.config;

/** A configuration that cannot be used; the message says which part, where in it, and what was expected. */
public final class ConfigurationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ConfigurationException(String message) {
        super(message);
    }
}
