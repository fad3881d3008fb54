package dev.sidecarinjector.capture.proof;

/** What settings promise, in one sentence, and how it can be tried. */
public sealed interface Expectation {
    /** A sentence for people. */
    String subject();

    /**
     * A connection whose fate is known.
     *
     * @param reason the rung of the ladder that decides
     */
    record Check(String subject, Probe probe, Fate fate, String reason) implements Expectation {}

    /** What no connection of ours can try. */
    record Untried(String subject, String reason) implements Expectation {}
}
