package dev.sidecarinjector.webhook.registration;

import dev.sidecarinjector.webhook.certificate.ServedCertificate;
import dev.sidecarinjector.webhook.certificate.ServingCertificate;
import dev.sidecarinjector.webhook.certificate.Standing;
import dev.sidecarinjector.webhook.certificate.TrustBundle;
import dev.sidecarinjector.webhook.server.Readiness;
import dev.sidecarinjector.webhook.server.Readiness.State;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this replica's port shows, seen from the registrations: goes over to what is offered when clients trust it, and says whether they do. */
final class Shown {
    private static final Logger LOG = LoggerFactory.getLogger(Shown.class);
    /**
     * How long a replica that was ready stays so when registrations stop trusting it. An edit hits all replicas alike and is undone within that time; if
     * they all went out of service, putting it back would help only after their next probe.
     */
    static final Duration GRACE = Duration.ofSeconds(10);

    private final ServedCertificate served;
    private final Readiness readiness;
    private final KeeperMetrics metrics;
    private @Nullable ServingCertificate offered;
    private TrustBundle remembered = TrustBundle.NONE;
    private @Nullable Instant until;
    private boolean wasReady;

    Shown(ServedCertificate served, Readiness readiness, KeeperMetrics metrics) {
        this.served = served;
        this.readiness = readiness;
        this.metrics = metrics;
    }

    void begin() {
        readiness.report(Readiness.Part.CERTIFICATE, State.NOT_READY, "the registrations have not been read yet");
        metrics.serves(served.certificate());
    }

    void offer(ServingCertificate certificate) {
        offered = certificate;
    }

    /** What clients must trust where certificates come from files: all authorities that this replica was given, while they last. */
    TrustBundle given() {
        remembered = trustedBy(served.certificate()).and(remembered);
        if (offered != null) {
            remembered = trustedBy(offered).and(remembered);
        }
        return remembered;
    }

    private static TrustBundle trustedBy(ServingCertificate certificate) {
        return TrustBundle.of(certificate.authority());
    }

    /** Goes over if it is time to, and reports. */
    void look(List<Registration> registrations, boolean synced, Instant now) {
        ServingCertificate other = offered;
        boolean sameLeaf = other != null && other.chain().equals(served.certificate().chain());
        if (other != null && !other.equals(served.certificate())) {
            Standing shown = standing(served.certificate(), registrations);
            // Who has not seen the registrations cannot know whom clients trust.
            if (sameLeaf || (synced && Standing.change(shown, standing(other, registrations), now))) {
                served.show(other);
                metrics.serves(other);
                if (!sameLeaf) {
                    metrics.wentOver();
                    LOG.info("now serving {}", other);
                }
            }
        }
        report(registrations, synced, now);
    }

    private void report(List<Registration> registrations, boolean synced, Instant now) {
        Standing standing = standing(served.certificate(), registrations);
        if (!synced) {
            if (!wasReady) {
                readiness.report(Readiness.Part.CERTIFICATE, State.NOT_READY, "the registrations have not been read yet");
            }
        } else if (now.isAfter(standing.end())) {
            fault("the served certificate has expired", now);
        } else if (registrations.isEmpty()) {
            good(State.DEGRADED, "there is no MutatingWebhookConfiguration of this revision: nobody asks this webhook yet");
        } else if (!standing.somewhere()) {
            fault("no registration trusts the served certificate", now);
        } else {
            good(standing.everywhere() ? State.OK : State.DEGRADED,
                    standing.everywhere() ? "" : "some registrations do not trust the served certificate");
        }
    }

    private void good(State state, String detail) {
        wasReady = true;
        until = null;
        readiness.report(Readiness.Part.CERTIFICATE, state, detail);
    }

    private void fault(String detail, Instant now) {
        if (wasReady && until == null) {
            until = now.plus(GRACE);
        }
        boolean grace = wasReady && until != null && now.isBefore(until);
        wasReady = grace;
        readiness.report(Readiness.Part.CERTIFICATE, grace ? State.DEGRADED : State.NOT_READY, detail);
    }

    /** When to look again without an event. */
    Duration nextLook() {
        return until == null || !wasReady ? Duration.ofHours(1) : Duration.ofSeconds(1);
    }

    private static Standing standing(ServingCertificate certificate, List<Registration> registrations) {
        List<TrustBundle> bundles = registrations.stream().flatMap(one -> one.bundles().stream()).toList();
        var chain = certificate.certificates();
        boolean somewhere = bundles.isEmpty() || bundles.stream().anyMatch(bundle -> bundle.trusts(chain));
        return new Standing(somewhere && bundles.stream().allMatch(bundle -> bundle.trusts(chain)), somewhere, certificate.end());
    }
}
