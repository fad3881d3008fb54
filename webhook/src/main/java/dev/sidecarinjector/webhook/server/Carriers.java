package dev.sidecarinjector.webhook.server;

/**
 * The threads that carry virtual ones: as many as processors, and one more.
 *
 * <p>A carrier takes what comes in from one queue until that is empty, and only then looks for others. Under load the queue that requests come in by is never empty, and at times the JDK begins a new
 * one; with as many carriers as turns (see {@link Turnstile}), one may be left to take from it while the other computes, and requests in the old queue wait for seconds. Two that take from the
 * same queue get in each other's way, which makes them look elsewhere.
 */
public final class Carriers {
    static final String PROPERTY = "jdk.virtualThreadScheduler.parallelism";

    private Carriers() {}

    /** To be called before the first virtual thread, which is when the JDK reads it; a number that was given with {@code -D} stays. */
    public static void choose() {
        if (System.getProperty(PROPERTY) == null) {
            System.setProperty(PROPERTY, Integer.toString(Runtime.getRuntime().availableProcessors() + 1));
        }
    }
}
