package dev.sidecarinjector.bench;

import java.util.concurrent.atomic.AtomicLongArray;

/** A histogram of times, from a microsecond to an hour, each within two per cent; for many threads at once. */
final class Latencies {
    private static final double PER_E = 50;
    private static final int BUCKETS = 1_200;

    private final AtomicLongArray counts = new AtomicLongArray(BUCKETS);

    void add(long nanos) {
        double microseconds = Math.max(1, nanos / 1e3);
        counts.incrementAndGet((int) Math.min(BUCKETS - 1, Math.round(Math.log(microseconds) * PER_E)));
    }

    long count() {
        long sum = 0;
        for (int i = 0; i < BUCKETS; i++) {
            sum += counts.get(i);
        }
        return sum;
    }

    /** Milliseconds within which this share of all was; 0 where there were none. */
    double within(double share) {
        long wanted = (long) Math.ceil(share * count());
        long sum = 0;
        for (int i = 0; i < BUCKETS; i++) {
            sum += counts.get(i);
            if (sum >= wanted && sum > 0) {
                return Math.exp(i / PER_E) / 1e3;
            }
        }
        return 0;
    }
}
