package dev.sidecarinjector.webhook.server;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * Lets as many reviews compute at once as there are processors, in the order in which they came: with more, each takes longer and none ends
 * earlier. Waiting is bounded in number and in time. Long reviews have a lane of their own: few are in memory at a time, one computes, and it does so
 * on a thread that the operating system shares a processor with; so they take neither turns nor processors from the others (ADR 9).
 */
final class Turnstile {
    /** Bytes from which a review is a long one: a tree can take fifty times the memory of its text. */
    static final int LONG = 512 * 1024;
    /** Reviews that may wait: half a second's work of two slow processors, and more than the API servers of a cluster send at once. */
    private static final int LONGEST_QUEUE = 1024;
    /** Bodies of short reviews in memory together, in KiB, however slowly they arrive. */
    private static final int HELD = 64 * 1024;
    private static final int LONG_BODIES = 4;
    private static final Turn FREE = () -> {};

    private final Semaphore turns;
    private final Semaphore held = new Semaphore(HELD, true);
    private final Semaphore longBodies = new Semaphore(LONG_BODIES, true);
    private final ThreadPoolExecutor longLane = lane();
    private final AtomicInteger waiting = new AtomicInteger();
    private final int longestQueue;

    Turnstile() {
        this(Runtime.getRuntime().availableProcessors(), LONGEST_QUEUE);
    }

    Turnstile(int processors, int longestQueue) {
        this.turns = new Semaphore(processors, true);
        this.longestQueue = longestQueue;
    }

    /** A place inside; closing it lets the next one in. */
    @FunctionalInterface
    interface Turn extends AutoCloseable {
        @Override
        void close();
    }

    /** Requests that wait for a turn of any kind. */
    int waiting() {
        return waiting.get() + longLane.getQueue().size();
    }

    /**
     * Around all that is done with a body, reading it included.
     *
     * @param length in bytes, or negative where it is not known
     * @param due    when the answer must be out, on the clock of {@link System#nanoTime}
     */
    Turn toHold(long length, long due) throws InterruptedException, UnservedException {
        if (length == 0) {
            return FREE;
        }
        return length > 0 && length < LONG ? pass(held, 1 + (int) length / 1024, due) : pass(longBodies, 1, due);
    }

    /** Runs the computation for a body of this many bytes when its turn comes. */
    <T> T compute(int length, long due, Supplier<T> computation) throws InterruptedException, UnservedException {
        if (length >= LONG) {
            return computeLong(due, computation);
        }
        try (Turn _ = pass(turns, 1, due)) {
            return computation.get();
        }
    }

    private <T> T computeLong(long due, Supplier<T> computation) throws InterruptedException, UnservedException {
        FutureTask<T> task = new FutureTask<>(computation::get);
        longLane.execute(task);
        try {
            return task.get(due - System.nanoTime(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException _) {
            throw tooLate();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            // What has not begun never will; what has begun ends by itself.
            longLane.remove(task);
        }
    }

    private Turn pass(Semaphore semaphore, int permits, long due) throws InterruptedException, UnservedException {
        // With a time of zero: behind those who wait already.
        if (!semaphore.tryAcquire(permits, 0, TimeUnit.NANOSECONDS)) {
            await(semaphore, permits, due);
        }
        return () -> semaphore.release(permits);
    }

    private void await(Semaphore semaphore, int permits, long due) throws InterruptedException, UnservedException {
        try {
            if (waiting.incrementAndGet() > longestQueue) {
                throw UnservedException.overloaded("overloaded: " + longestQueue + " reviews wait already; try again in a second");
            }
            if (!semaphore.tryAcquire(permits, due - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw tooLate();
            }
        } finally {
            waiting.getAndDecrement();
        }
    }

    private static UnservedException tooLate() {
        return UnservedException.deadline("overloaded: no turn came within the time that the API server allows; try again, "
                + "and give sidecar-injector more processors or replicas if it goes on");
    }

    /** A platform thread, since a virtual one would keep a processor to itself; there only while it is needed. */
    private static ThreadPoolExecutor lane() {
        ThreadPoolExecutor lane = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                Thread.ofPlatform().name("long-review").daemon().factory());
        lane.allowCoreThreadTimeOut(true);
        return lane;
    }
}
