package dev.sidecarinjector.webhook.cluster;

import java.util.function.BooleanSupplier;

/** Waits for what another thread will do; the limit is only there so that a broken program fails instead of hanging. */
public final class Eventually {
    private static final long LIMIT = 60_000;

    private Eventually() {}

    /** Returns when it is so. */
    public static void isTrue(BooleanSupplier condition) throws InterruptedException {
        long end = System.currentTimeMillis() + LIMIT;
        while (!condition.getAsBoolean()) {
            if (System.currentTimeMillis() > end) {
                throw new AssertionError("it did not become true within " + LIMIT + " ms");
            }
            Thread.sleep(10);
        }
    }
}
