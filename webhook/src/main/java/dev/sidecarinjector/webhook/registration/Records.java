package dev.sidecarinjector.webhook.registration;

import dev.sidecarinjector.webhook.certificate.CertificateState;
import dev.sidecarinjector.webhook.certificate.Step;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a roll-over reads and writes in the cluster. Reads are answered by the API server itself, not by a cache; writes succeed only on what was read.
 *
 * @param <S> the Secret with its version
 * @param <R> a registration with its version
 */
interface Records<S, R> {
    /** All that are ours, as they are now. */
    List<R> registrations();

    /** The Secret as it is now; also where there is none. */
    S secret();

    /** What is decided on; null where somebody else makes the certificates. */
    @Nullable
    CertificateState state(S secret);

    /**
     * Makes a registration trust what the Secret says, and say what it should.
     *
     * @return how it is now; null where somebody changed it since it was read, or it must wait
     */
    @Nullable
    R repair(R registration, S secret);

    /** Whether every API server that asks by a registration trusts an authority. */
    boolean trusts(R registration, String authority);

    /**
     * Takes a step.
     *
     * @return whether it was taken; false where somebody changed the Secret since it was read
     */
    boolean write(S secret, Step step, Instant now);
}
