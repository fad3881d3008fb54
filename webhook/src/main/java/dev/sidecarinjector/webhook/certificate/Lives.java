package dev.sidecarinjector.webhook.certificate;

import java.time.Duration;

/**
 * How long certificates of our own making are good for, and when they are replaced.
 *
 * @param leaf             what a served certificate lives
 * @param leafRenewal      the age at which it is replaced; jitter makes it up to a tenth earlier
 * @param authority        what an authority lives
 * @param authorityRenewal the age at which the next one is announced
 * @param settle           how long registrations have shown a new authority before a certificate of it is served: what an API server's own cache may
 *                         be behind
 */
public record Lives(Duration leaf, Duration leafRenewal, Duration authority, Duration authorityRenewal, Duration settle) {
    /** Authorities live this many times longer. */
    private static final int AUTHORITY = 4;
    private static final Duration LONGEST_SETTLE = Duration.ofSeconds(10);
    /** Certificates for 90 days, replaced after 60; authorities for 360, replaced after 240. */
    public static final Lives DEFAULT = of(Duration.ofDays(90), Duration.ofDays(60));

    /**
     * With authorities four times as long.
     *
     * @throws IllegalArgumentException where the renewal is later than three quarters of the life: the last certificate of an authority would outlive it
     */
    public static Lives of(Duration leaf, Duration renewal) {
        if (!renewal.isPositive() || renewal.compareTo(leaf.multipliedBy(3).dividedBy(4)) > 0) {
            throw new IllegalArgumentException("a certificate that lives " + leaf + " cannot be renewed after " + renewal
                    + ": between 0 and three quarters of its life");
        }
        Duration settle = renewal.dividedBy(4);
        return new Lives(leaf, renewal, leaf.multipliedBy(AUTHORITY), renewal.multipliedBy(AUTHORITY),
                settle.compareTo(LONGEST_SETTLE) < 0 ? settle : LONGEST_SETTLE);
    }

    /** With the usual share: replaced after two thirds. */
    public static Lives of(Duration leaf) {
        return of(leaf, leaf.multipliedBy(2).dividedBy(3));
    }

    /** How much later than its end an authority is forgotten: clocks differ. */
    Duration slack() {
        Duration hour = Duration.ofHours(1);
        Duration share = leaf.dividedBy(8);
        return share.compareTo(hour) < 0 ? share : hour;
    }
}
