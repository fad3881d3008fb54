package dev.sidecarinjector.webhook.registration;

import dev.sidecarinjector.webhook.certificate.CertificateState;
import dev.sidecarinjector.webhook.certificate.CertificateState.Authority;
import dev.sidecarinjector.webhook.certificate.Lives;
import dev.sidecarinjector.webhook.certificate.RollOver;
import dev.sidecarinjector.webhook.certificate.Step;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One look at the cluster, and what is to be written. The order is what makes it safe with any number of writers (ADR 10): registrations are read
 * before the Secret, and written on the version that was read. So a writer who is behind cannot take back an authority that another one announced.
 */
final class Round<S, R> {
    private final Records<S, R> records;
    private final Lives lives;
    private final BooleanSupplier leads;
    private @Nullable String shown;
    private Instant since = Instant.MIN;

    /** @param leads asked before each write */
    Round(Records<S, R> records, Lives lives, BooleanSupplier leads) {
        this.records = records;
        this.lives = lives;
        this.leads = leads;
    }

    /** @return the step that was taken, or how long to wait; nothing where somebody else was quicker, or leads: look again */
    Optional<Step> run(Instant now) {
        List<R> registrations = records.registrations();
        S secret = records.secret();
        CertificateState state = records.state(secret);
        boolean complete = true;
        boolean trusted = true;
        Authority newest = state == null ? null : state.newest();
        for (R registration : registrations) {
            if (!leads.getAsBoolean()) {
                return Optional.empty();
            }
            R repaired = records.repair(registration, secret);
            complete &= repaired != null;
            trusted &= newest != null && repaired != null && records.trusts(repaired, newest.id());
        }
        Step step = state == null
                ? new Step.Wait(Instant.MAX)
                : RollOver.next(state, newest != null && settled(newest.id(), trusted, now), now, lives);
        if (step instanceof Step.Wait) {
            return complete ? Optional.of(step) : Optional.empty();
        }
        return leads.getAsBoolean() && records.write(secret, step, now) ? Optional.of(step) : Optional.empty();
    }

    private boolean settled(String newest, boolean trusted, Instant now) {
        if (!trusted) {
            shown = null;
        } else if (!newest.equals(shown)) {
            shown = newest;
            since = now;
        }
        return trusted && !now.isBefore(since.plus(lives.settle()));
    }
}
