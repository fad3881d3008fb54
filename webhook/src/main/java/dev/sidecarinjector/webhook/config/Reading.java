package dev.sidecarinjector.webhook.config;

/** What a source had to say when it was asked. */
sealed interface Reading {
    /** Everything. */
    record Complete(ConfigurationTexts texts) implements Reading {}

    /**
     * Something is missing or no text.
     *
     * @param problem what, where, and what to do
     */
    record Incomplete(Culprit culprit, String problem) implements Reading {}

    /**
     * The source cannot tell yet.
     *
     * @param why as a clause
     */
    record Unknown(String why) implements Reading {}

    /** What a fault is in: the two halves are kept by different people, in different objects. */
    enum Culprit {
        INJECTOR, MESH
    }
}
