package dev.sidecarinjector.webhook.admission;

import dev.sidecarinjector.injection.Reason;
import org.jspecify.annotations.Nullable;

/** The answer to one review: what to send, and what to count and log. */
public final class Answer {
    private final byte[] body;
    private final Review.@Nullable Question question;
    private final @Nullable Reason reason;
    private final @Nullable String problem;
    private final @Nullable Throwable fault;
    private final Stages stages;

    private Answer(byte[] body, Review.@Nullable Question question, @Nullable Reason reason, @Nullable String problem,
            @Nullable Throwable fault, Stages stages) {
        this.body = body;
        this.question = question;
        this.reason = reason;
        this.problem = problem;
        this.fault = fault;
        this.stages = stages;
    }

    static Answer admitted(byte[] body, Review.Question question, Reason reason, Stages stages) {
        return new Answer(body, question, reason, null, null, stages);
    }

    static Answer refused(byte[] body, Review.Question question, Reason reason, String problem, Stages stages) {
        return new Answer(body, question, reason, problem, null, stages);
    }

    static Answer withoutDecision(byte[] body, String problem, Stages stages) {
        return new Answer(body, null, null, problem, null, stages);
    }

    static Answer broken(byte[] body, Review.@Nullable Question question, Throwable fault, Stages stages) {
        return new Answer(body, question, Reason.INTERNAL_ERROR, "fault of the injector", fault, stages);
    }

    /** The AdmissionReview as JSON; not to be modified. */
    public byte[] body() {
        return body;
    }

    /** What was asked; null where there was no pod to decide about. */
    public Review.@Nullable Question question() {
        return question;
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

    /** Where the time went, up to now. */
    public Stages stages() {
        return stages;
    }
}
