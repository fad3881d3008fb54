package dev.sidecarinjector.webhook.event;

import java.time.Duration;
import java.time.Instant;

/** Allows a burst, then one more each interval. For one thread. */
final class TokenBucket {
    private final int burst;
    private final Duration interval;
    private double tokens;
    private Instant counted;

    /**
     * A full bucket.
     *
     * @param interval after which a token that was taken is there again
     */
    TokenBucket(int burst, Duration interval, Instant now) {
        this.burst = burst;
        this.interval = interval;
        this.tokens = burst;
        this.counted = now;
    }

    /** Whether there is no token now. A clock that goes back gives nothing and costs nothing. */
    boolean isEmpty(Instant now) {
        if (now.isAfter(counted)) {
            tokens = Math.min(burst, tokens + (double) Duration.between(counted, now).toMillis() / interval.toMillis());
        }
        counted = now;
        return tokens < 1;
    }

    /** Takes a token if there is one. */
    boolean take(Instant now) {
        if (isEmpty(now)) {
            return false;
        }
        tokens--;
        return true;
    }
}
