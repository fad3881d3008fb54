package dev.sidecarinjector.e2e.path;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;

/** Waits for what another process does, with a bound that a loaded machine does not reach. */
final class Wait {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Duration PAUSE = Duration.ofMillis(10);

    private Wait() {}

    static void until(String wish, Callable<Boolean> observation) {
        Instant end = Instant.now().plus(LIMIT);
        try {
            while (!observation.call()) {
                if (Instant.now().isAfter(end)) {
                    throw new AssertionError("not within " + LIMIT.toSeconds() + " s: " + wish);
                }
                Thread.sleep(PAUSE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (Exception e) {
            throw new IllegalStateException(wish, e);
        }
    }
}
