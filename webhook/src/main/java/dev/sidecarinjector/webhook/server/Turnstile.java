package dev.sidecarinjector.webhook.server;

import java.util.concurrent.Semaphore;

/**
 * Lets as many reviews compute at once as there are processors, in the order in which they came: with more, each takes longer and none ends
 * earlier. Of long reviews only a few are in memory at a time.
 */
final class Turnstile {
    /** Bytes from which a review is a long one: a tree takes about ten times the memory of its text. */
    private static final int LONG = 512 * 1024;
    private static final Turn FREE = () -> {};

    private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
    private final Semaphore longReviews = new Semaphore(4, true);

    /** A place inside; closing it lets the next one in. */
    @FunctionalInterface
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /** Around the computation. */
    Turn toCompute() throws InterruptedException {
        turns.acquire();
        return turns::release;
    }

    /**
     * Around all that is done with a body, reading it included.
     *
     * @param length in bytes, or negative where it is not known
     */
    Turn toHold(long length) throws InterruptedException {
        if (length >= 0 && length < LONG) {
            return FREE;
        }
        longReviews.acquire();
        return longReviews::release;
    }
}
