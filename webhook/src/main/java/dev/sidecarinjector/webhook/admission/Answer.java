package dev.sidecarinjector.webhook.admission;

import dev.sidecarinjector.injection.Reason;
import org.jspecify.annotations.Nullable;

/** The answer to one review: what to send, and what to count and log. */
public final class Answer {
    private final byte[] body;
    private final @Nullable Reason reason;
    private final @Nullable String problem;

    Answer(byte[] body, @Nullable Reason reason, @Nullable String problem) {
        this.body = body;
        this.reason = reason;
        this.problem = problem;
    }

    /** The AdmissionReview as JSON; not to be modified. */
    public byte[] body() {
        return body;
    }

    /** Why the pod was injected, skipped or refused; null where there was no pod to decide about. */
    public @Nullable Reason reason() {
        return reason;
    }

    /** What was wrong, for the log; null where nothing was. */
    public @Nullable String problem() {
        return problem;
    }
}
