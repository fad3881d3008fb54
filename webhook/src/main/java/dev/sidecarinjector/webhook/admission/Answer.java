package dev.sidecarinjector.webhook.admission;

import dev.sidecarinjector.injection.Reason;
import org.jspecify.annotations.Nullable;

/** The answer to one review: what to send, and what to count and log. */
public final class Answer {
    private final byte[] body;
    private final @Nullable Reason reason;
    private final @Nullable String problem;
    private final @Nullable Throwable fault;

    private Answer(byte[] body, @Nullable Reason reason, @Nullable String problem, @Nullable Throwable fault) {
        this.body = body;
        this.reason = reason;
        this.problem = problem;
        this.fault = fault;
    }

    static Answer admitted(byte[] body, Reason reason) {
        return new Answer(body, reason, null, null);
    }

    static Answer refused(byte[] body, Reason reason, String problem) {
        return new Answer(body, reason, problem, null);
    }

    static Answer withoutDecision(byte[] body, String problem) {
        return new Answer(body, null, problem, null);
    }

    static Answer broken(byte[] body, Throwable fault) {
        return new Answer(body, Reason.INTERNAL_ERROR, "fault of the injector", fault);
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

    /** The fault behind the problem, where it is one of this program. */
    public @Nullable Throwable fault() {
        return fault;
    }
}
