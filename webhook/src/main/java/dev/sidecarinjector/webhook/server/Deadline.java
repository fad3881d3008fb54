package dev.sidecarinjector.webhook.server;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How long a request may take here: less than its API server waits, so that there is an answer instead of silence. The API server sends its own patience
 * as the parameter {@code timeout}, a Go duration (Kubernetes' admission webhook client).
 */
final class Deadline {
    /** Where the API server does not say; its own default is 10 s. */
    private static final Duration UNSAID = Duration.ofSeconds(8);
    /** The rest is for the way there and back. */
    private static final double SHARE = 0.8;
    /** The API server takes no more than 30 s for a webhook. */
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final Pattern TIMEOUT = Pattern.compile("(?:^|&)timeout=([^&]*)");
    private static final int KNOWN = 64;

    private final @Nullable Duration always;
    private final Map<String, Long> known = new ConcurrentHashMap<>();

    /** @param always for every request, whatever the API server says; null for a share of what it says */
    Deadline(@Nullable Duration always) {
        this.always = always;
    }

    /** Nanoseconds for a request with this query, which may be null. */
    long nanos(@Nullable String query) {
        if (always != null) {
            return always.toNanos();
        }
        if (query == null) {
            return UNSAID.toNanos();
        }
        Long before = known.get(query);
        if (before != null) {
            return before;
        }
        long nanos = read(query);
        if (known.size() < KNOWN) {
            known.put(query, nanos);
        }
        return nanos;
    }

    private static long read(String query) {
        Matcher timeout = TIMEOUT.matcher(query);
        Duration said = timeout.find() ? GoDuration.parse(timeout.group(1)) : null;
        if (said == null || said.isZero()) {
            return UNSAID.toNanos();
        }
        return (long) (SHARE * Math.min(said.toNanos(), LONGEST.toNanos()));
    }
}
