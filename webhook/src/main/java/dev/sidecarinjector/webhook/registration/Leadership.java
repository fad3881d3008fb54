package dev.sidecarinjector.webhook.registration;

import java.time.Duration;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Which replica writes. Time is measured on this machine only, from when a record was first seen: a clock that is ahead takes nobody's lease away. Who
 * cannot renew stops to lead before anybody else may begin, without being told. The safety of what is written does not rest on it (ADR 10).
 */
final class Leadership {
    /** Without a renewal for that long, others may take over. */
    static final Duration LEASE = Duration.ofSeconds(15);
    /** Without a renewal for that long, the leader stops. */
    static final Duration DEADLINE = Duration.ofSeconds(10);
    /** Between two turns. */
    static final Duration PERIOD = Duration.ofSeconds(2);

    /** The record of the lease. */
    interface Lease {
        /** Null where there is none. */
        @Nullable
        Held read();

        /**
         * Writes it, on the version that was read, or new.
         *
         * @param holder empty for nobody
         * @return false where somebody else wrote since
         */
        boolean write(@Nullable Held read, String holder);
    }

    /** @param version changes with every write */
    record Held(String holder, String version) {}

    private final Lease lease;
    private final String identity;
    private final LongSupplier nanos;
    private volatile long renewed;
    private volatile boolean held;
    private @Nullable Held seen;
    private long seenAt;

    Leadership(Lease lease, String identity, LongSupplier nanos) {
        this.lease = lease;
        this.identity = identity;
        this.nanos = nanos;
    }

    /** Whether this replica may write at this moment. */
    boolean leads() {
        return held && nanos.getAsLong() - renewed < DEADLINE.toNanos();
    }

    /** Takes, renews or watches the lease. To be called every {@link #PERIOD}. Failures are the caller's to log; they lead to loss by themselves. */
    synchronized void turn() {
        long begun = nanos.getAsLong();
        Held now = lease.read();
        if (now != null && !now.equals(seen)) {
            seen = now;
            seenAt = begun;
        }
        boolean mine = now != null && now.holder().equals(identity);
        boolean free = now == null || now.holder().isEmpty() || begun - seenAt >= LEASE.toNanos();
        if (!mine && !free) {
            held = false;
            return;
        }
        if (lease.write(now, identity)) {
            renewed = begun;
            held = true;
        } else {
            // Somebody was quicker; the next turn sees who.
            held = false;
        }
    }

    /** Gives the lease back, so that the next one need not wait. */
    synchronized void release() {
        boolean led = leads();
        held = false;
        if (led) {
            Held now = lease.read();
            if (now != null && Objects.equals(now.holder(), identity)) {
                lease.write(now, "");
            }
        }
    }
}
