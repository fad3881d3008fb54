package dev.sidecarinjector.webhook.admission;

/** Learns of each review of a pod after its answer was sent, on the thread that sent it: never waits, never throws, keeps neither argument for long. */
@FunctionalInterface
public interface AdmissionObserver {
    /** Sees nothing. */
    AdmissionObserver NONE = (_, _) -> {};

    /**
     * @param question what was asked; its pod must not be modified
     * @param answer   what was said
     */
    void answered(Review.Question question, Answer answer);

    /** Both, this one first. */
    default AdmissionObserver and(AdmissionObserver next) {
        return (question, answer) -> {
            answered(question, answer);
            next.answered(question, answer);
        };
    }
}
