package dev.sidecarinjector.webhook.server;

import java.util.concurrent.Semaphore;

/**
 * Lets as many reviews compute at once as there are processors, in the order in which they came: with more, each takes longer and none ends
 * earlier. Of long reviews only a few are in memory at a time, and one computes.
 */
final class Turnstile {
    /** Bytes from which a review is a long one: a tree can take fifty times the memory of its text. */
    private static final int LONG = 512 * 1024;
    private static final Turn FREE = () -> {};

    private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors(), true);
    private final Semaphore longBodies = new Semaphore(4, true);
    private final Semaphore longTrees = new Semaphore(1, true);

    /** A place inside; closing it lets the next one in. */
    @FunctionalInterface
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Around all that is done with a body, reading it included.
     *
     * @param length in bytes, or negative where it is not known
     */
    Turn toHold(long length) throws InterruptedException {
        return length >= 0 && length < LONG ? FREE : pass(longBodies);
    }

    /** Around the computation for a body of this many bytes. */
    Turn toCompute(int length) throws InterruptedException {
        if (length < LONG) {
            return pass(turns);
        }
        Turn alone = pass(longTrees);
        Turn turn = pass(turns);
        return () -> {
            turn.close();
            alone.close();
        };
    }

    private static Turn pass(Semaphore semaphore) throws InterruptedException {
        semaphore.acquire();
        return semaphore::release;
    }
}
