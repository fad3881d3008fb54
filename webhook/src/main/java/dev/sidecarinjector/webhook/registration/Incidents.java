package dev.sidecarinjector.webhook.registration;

/** Where things go that a person should see in the cluster itself, as an Event. Must not block. */
@FunctionalInterface
public interface Incidents {
    /** Nobody is told. */
    Incidents NONE = (_, _, _) -> {
    };

    /**
     * Something happened to a registration or to the Secret.
     *
     * @param object the name of the MutatingWebhookConfiguration, or "secret/NAME"
     * @param reason one word in CamelCase
     */
    void report(String object, String reason, String note);
}
