package dev.sidecarinjector.webhook.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.yaml.YamlReader;
import dev.sidecarinjector.webhook.certificate.ServedCertificate;
import dev.sidecarinjector.webhook.certificate.ServingCertificate;
import dev.sidecarinjector.webhook.server.Readiness;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShownTest {
    private static final ServingCertificate OLD = ServingCertificate.selfMade();
    private static final ServingCertificate NEW = ServingCertificate.selfMade();
    private final Instant now = Instant.now();
    private final Readiness readiness = new Readiness();
    private final ServedCertificate served = new ServedCertificate(OLD);
    private final Shown shown = new Shown(served, readiness, new KeeperMetrics(new PrometheusRegistry()));

    @Test
    void notReadyBeforeTheRegistrationsWereRead() {
        shown.begin();
        assertThat(readiness.isReady()).isFalse();
        shown.offer(NEW);
        shown.look(List.of(), false, now);
        assertThat(readiness.isReady()).isFalse();
        assertThat(served.certificate()).as("who knows no registration cannot know what they trust").isEqualTo(OLD);
    }

    @Test
    void readyWhereNobodyAsksYet() {
        shown.look(List.of(), true, now);
        assertThat(readiness.isReady()).isTrue();
    }

    @Test
    void notReadyWhereNoRegistrationTrustsIt() {
        shown.look(List.of(trusting(""), trusting(NEW.authority())), true, now);
        assertThat(readiness.isReady()).isFalse();
        shown.look(List.of(trusting(""), trusting(OLD.authority())), true, now);
        assertThat(readiness.isReady()).as("degraded: one of two").isTrue();
    }

    @Test
    void itGoesOverWhenAllTrustTheNewOne() {
        shown.look(List.of(trusting(OLD.authority())), true, now);
        shown.offer(NEW);
        shown.look(List.of(trusting(OLD.authority())), true, now);
        assertThat(served.certificate()).isEqualTo(OLD);
        shown.look(List.of(trusting(OLD.authority() + NEW.authority()), trusting(OLD.authority())), true, now);
        assertThat(served.certificate()).isEqualTo(OLD);
        shown.look(List.of(trusting(OLD.authority() + NEW.authority()), trusting(NEW.authority())), true, now);
        assertThat(served.certificate()).isEqualTo(NEW);
        assertThat(readiness.isReady()).isTrue();
    }

    @Test
    void itGoesOverWhenTheOldOneIsOfNoUse() {
        shown.offer(NEW);
        shown.look(List.of(trusting("")), true, now);
        assertThat(served.certificate()).isEqualTo(NEW);
    }

    @Test
    void anEditThatIsUndoneDoesNotTakeAReadyReplicaOutOfService() {
        shown.look(List.of(trusting(OLD.authority())), true, now);
        shown.look(List.of(trusting("")), true, now.plusSeconds(1));
        shown.look(List.of(trusting("")), true, now.plusSeconds(9));
        assertThat(readiness.isReady()).isTrue();
        shown.look(List.of(trusting("")), true, now.plusSeconds(12));
        assertThat(readiness.isReady()).isFalse();
        shown.look(List.of(trusting("")), true, now.plusSeconds(13));
        assertThat(readiness.isReady()).isFalse();
        shown.look(List.of(trusting(OLD.authority())), true, now.plusSeconds(14));
        assertThat(readiness.isReady()).isTrue();
    }

    @Test
    void anExpiredCertificateIsNotReady() {
        shown.look(List.of(trusting(OLD.authority())), true, OLD.end().plusSeconds(1));
        assertThat(readiness.isReady()).isFalse();
    }

    @Test
    void clientsAreTrustedWithWhatIsShownAndWhatIsOffered() {
        shown.offer(NEW);
        assertThat(shown.given().holds(OLD.trusted().and(NEW.trusted()))).isTrue();
    }

    private static Registration trusting(String pem) {
        return new Registration("r", "1", YamlReader.read("""
                webhooks:
                - name: a.sidecar-injector.istio.io
                  clientConfig: {caBundle: "%s"}
                - name: another.example.org
                """.formatted(Registration.base64(pem))));
    }
}
