package dev.sidecarinjector.webhook.observe;

import java.util.Locale;

/** Why a request got no decision about a pod: with {@link dev.sidecarinjector.injection.Reason} the closed set behind the metric label. */
public enum Unserved {
    /** An answer was sent, but the body was no review of a pod. */
    UNREADABLE,
    /** Not what the protocol asks for: no body, one too long or cut short, another content type. */
    BAD_REQUEST,
    /** The client showed no certificate of the authority that was asked for. */
    CLIENT_UNKNOWN,
    /** The body did not arrive in time. */
    SLOW_BODY,
    /** As many reviews wait as may. */
    OVERLOADED,
    /** The time within which the API server wants an answer would have passed. */
    DEADLINE;

    /** The stable name in metrics and logs. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
