package dev.sidecarinjector.webhook.registration;

import dev.sidecarinjector.webhook.certificate.ServingCertificate;
import dev.sidecarinjector.webhook.certificate.Step;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.security.cert.X509Certificate;

/** Certificates, registrations and leadership in figures. */
final class KeeperMetrics {
    private final Gauge expiry;
    private final Counter changes;
    private final Counter repairs;
    private final Counter fights;
    private final Gauge leader;

    KeeperMetrics(PrometheusRegistry registry) {
        expiry = Gauge.builder().name("sidecar_injector_certificate_expiry_timestamp_seconds").labelNames("certificate")
                .help("When the served certificate (leaf) and the newest authority that clients trust (authority) end, as Unix time.")
                .register(registry);
        changes = Counter.builder().name("sidecar_injector_certificate_changes_total").labelNames("change")
                .help("Changes of the Secret by this replica (authority, leaf, forgotten), certificates gone over to (served) and refused (refused).")
                .register(registry);
        repairs = Counter.builder().name("sidecar_injector_registration_writes_total").labelNames("reason")
                .help("Writes of registrations: of fields that we changed (changed), that somebody edited (edited), and on taking over (applied).")
                .register(registry);
        fights = Counter.builder().name("sidecar_injector_registration_fights_total")
                .help("Registrations that somebody changes as fast as they are put back.").register(registry);
        leader = Gauge.builder().name("sidecar_injector_leader")
                .help("Whether this replica writes Secret and registrations (1) or not (0).").register(registry);
        for (String change : new String[]{"authority", "leaf", "forgotten", "served", "refused"}) {
            changes.initLabelValues(change);
        }
        for (String reason : new String[]{"changed", "edited", "applied"}) {
            repairs.initLabelValues(reason);
        }
    }

    void serves(ServingCertificate certificate) {
        expiry.labelValues("leaf").set((double) certificate.end().getEpochSecond());
        certificate.trusted().authorities().stream().map(X509Certificate::getNotAfter).mapToLong(end -> end.toInstant().getEpochSecond())
                .max().ifPresent(end -> expiry.labelValues("authority").set((double) end));
    }

    void wentOver() {
        changes.labelValues("served").inc();
    }

    void refused() {
        changes.labelValues("refused").inc();
    }

    void stepped(Step step) {
        switch (step) {
            case Step.NewAuthority _ -> changes.labelValues("authority").inc();
            case Step.NewLeaf _ -> changes.labelValues("leaf").inc();
            case Step.Forget _ -> changes.labelValues("forgotten").inc();
            case Step.Wait _ -> {
            }
        }
    }

    void repaired(String reason) {
        repairs.labelValues(reason).inc();
    }

    void fight() {
        fights.inc();
    }

    void leads(boolean leads) {
        leader.set(leads ? 1 : 0);
    }
}
