package dev.sidecarinjector.e2e;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** Waits for what a cluster needs time for, with a bound. */
final class Eventually {
    private static final Duration PAUSE = Duration.ofMillis(100);

    private Eventually() {}

    /** What an observation yields as soon as it is as wished; the last failure or observation is part of the error after the limit. */
    static <T> T get(Duration limit, String wish, Callable<T> observation, Predicate<T> wished) throws InterruptedException {
        Instant end = Instant.now().plus(limit);
        Object last = "nothing";
        while (Instant.now().isBefore(end)) {
            try {
                T seen = observation.call();
                if (wished.test(seen)) {
                    return seen;
                }
                last = seen;
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                last = e;
            }
            Thread.sleep(PAUSE);
        }
        throw new AssertionError("not within " + limit.toSeconds() + " s: " + wish + "; last seen: " + last);
    }

    static void is(Duration limit, String wish, Callable<Boolean> observation) throws InterruptedException {
        get(limit, wish, observation, Boolean::booleanValue);
    }
}
