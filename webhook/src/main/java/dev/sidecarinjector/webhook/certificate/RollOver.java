package dev.sidecarinjector.webhook.certificate;

import dev.sidecarinjector.webhook.certificate.CertificateState.Authority;
import dev.sidecarinjector.webhook.certificate.CertificateState.Leaf;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The order in which certificates and authorities follow each other (ADR 10). It only goes forward: no step undoes another, so replicas whose clocks
 * differ disagree about the moment, never about the direction.
 */
public final class RollOver {
    private RollOver() {}

    /**
     * What to do now.
     *
     * @param settled whether every registration shows the newest authority, and has long enough
     */
    public static Step next(CertificateState state, boolean settled, Instant now, Lives lives) {
        Authority newest = state.newest();
        if (newest == null || !state.signs() || !now.isBefore(newest.end())) {
            return new Step.NewAuthority();
        }
        Set<String> ended = state.authorities().stream()
                .filter(authority -> now.isAfter(authority.end().plus(lives.slack()))).map(Authority::id).collect(Collectors.toSet());
        if (!ended.isEmpty()) {
            return new Step.Forget(ended);
        }
        Leaf leaf = state.leaf();
        if (leaf == null || !now.isBefore(leaf.end()) || state.authorities().stream().noneMatch(one -> one.id().equals(leaf.issuer()))) {
            // No client can connect with what there is, so there is nothing to wait for.
            return new Step.NewLeaf();
        }
        if (!leaf.issuer().equals(newest.id())) {
            return settled ? new Step.NewLeaf() : new Step.Wait(now.plus(lives.settle()));
        }
        Instant next = due(newest.id(), newest.end(), lives.authority(), lives.authorityRenewal());
        if (!now.isBefore(next)) {
            return new Step.NewAuthority();
        }
        Instant renewal = due(leaf.id(), leaf.end(), lives.leaf(), lives.leafRenewal());
        if (!leaf.fits() || !now.isBefore(renewal)) {
            return new Step.NewLeaf();
        }
        return new Step.Wait(earliest(state, lives, next.isBefore(renewal) ? next : renewal));
    }

    private static Instant earliest(CertificateState state, Lives lives, Instant due) {
        Instant gone = state.authorities().getLast().end().plus(lives.slack()).plusMillis(1);
        return gone.isBefore(due) ? gone : due;
    }

    /** Up to a tenth early, by a share that the certificate itself decides: every replica comes to the same time, two clusters do not. */
    private static Instant due(String id, Instant end, Duration life, Duration renewal) {
        int permille = Math.floorMod(id.hashCode() * 31, 1000);
        return end.minus(life).plus(renewal).minus(renewal.multipliedBy(permille).dividedBy(10_000));
    }
}
