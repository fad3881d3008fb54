package dev.sidecarinjector.webhook.registration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.yaml.YamlReader;
import dev.sidecarinjector.webhook.certificate.ServedCertificate;
import dev.sidecarinjector.webhook.certificate.ServingCertificate;
import dev.sidecarinjector.webhook.certificate.TrustBundle;
import dev.sidecarinjector.webhook.server.Readiness;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Certificates come from files, and their authority is exchanged: each replica sees the new files at a time of its own, replicas start anew, and anyone may
 * lead. Whoever is ready shows a certificate that the registration trusts.
 */
class GivenAuthoritiesSimulationTest {
    private static final List<ServingCertificate> FILES = Stream.generate(ServingCertificate::selfMade).limit(4).toList();
    private final Instant now = Instant.now();

    /** One replica with what its folder holds. */
    private static final class Replica {
        int files;
        Readiness readiness;
        ServedCertificate served;
        Shown shown;

        Replica() {
            start();
        }

        void start() {
            readiness = new Readiness();
            served = new ServedCertificate(FILES.get(files));
            shown = new Shown(served, readiness, new KeeperMetrics(new PrometheusRegistry()));
            shown.begin();
        }

        /** The volume shows the next generation. */
        void newFiles() {
            files = Math.min(files + 1, FILES.size() - 1);
            shown.offer(FILES.get(files));
        }
    }

    @Test
    void noOrderOfNewsRestartsAndLeadersLeavesAReadyReplicaWithoutTrust() {
        int readyLooks = 0;
        int restarts = 0;
        for (int seed = 0; seed < 40; seed++) {
            Random dice = new Random(seed);
            List<Replica> replicas = new ArrayList<>(List.of(new Replica(), new Replica(), new Replica()));
            Registration registration = written(TrustBundle.NONE);
            registration = written(registration.trusting(replicas.getFirst().shown.given(), now));
            for (int move = 0; move < 40; move++) {
                Replica one = replicas.get(dice.nextInt(replicas.size()));
                switch (dice.nextInt(6)) {
                    case 0 -> one.newFiles();
                    case 1 -> {
                        one.start();
                        restarts++;
                    }
                    case 2, 3 -> registration = written(registration.trusting(one.shown.given(), now));
                    default -> one.shown.look(List.of(registration), true, now);
                }
                for (int i = 0; i < replicas.size(); i++) {
                    if (replicas.get(i).readiness.isReady()) {
                        readyLooks++;
                        assertThat(registration.bundles().getFirst().trusts(replicas.get(i).served.certificate().certificates()))
                                .as("seed %s, move %s, replica %s", seed, move, i).isTrue();
                    }
                }
            }
        }
        assertThat(readyLooks).as("mostly ready").isGreaterThan(1_300);
        assertThat(restarts).isGreaterThan(150);
    }

    @Test
    void whenAllHaveTheNewFilesAllGoOver() {
        List<Replica> replicas = List.of(new Replica(), new Replica(), new Replica());
        Registration registration = written(replicas.getFirst().shown.given());
        for (Replica one : replicas) {
            one.newFiles();
            registration = written(registration.trusting(one.shown.given(), now));
            for (Replica each : replicas) {
                each.shown.look(List.of(registration), true, now);
            }
        }
        assertThat(replicas).allMatch(one -> one.served.certificate().equals(FILES.get(1)) && one.readiness.isReady());
    }

    @Test
    void whatOthersWroteIsNotKeptAndWhatHasEndedNeither() {
        ServingCertificate mine = FILES.getFirst();
        TrustBundle stranger = FILES.get(1).trusted();
        Registration edited = new Registration("r", "1", YamlReader.read("""
                webhooks: [{name: a.sidecar-injector.istio.io, clientConfig: {caBundle: "%s"}}]
                """.formatted(Registration.base64(stranger.pem()))));
        assertThat(edited.trusting(mine.trusted(), now)).isEqualTo(mine.trusted());
        Registration old = written(stranger);
        assertThat(old.trusting(mine.trusted(), now).holds(stranger)).isTrue();
        Instant end = stranger.authorities().getFirst().getNotAfter().toInstant();
        assertThat(old.trusting(mine.trusted(), end)).isEqualTo(mine.trusted());
    }

    /** As the API server shows what we wrote. */
    private static Registration written(TrustBundle bundle) {
        return new Registration("r", "1", YamlReader.read("""
                metadata:
                  managedFields:
                  - manager: sidecar-injector
                    operation: Update
                    fieldsV1: {'f:webhooks': {'k:{"name":"a.sidecar-injector.istio.io"}': {'f:clientConfig': {'f:caBundle': {}}}}}
                webhooks: [{name: a.sidecar-injector.istio.io, clientConfig: {caBundle: "%s"}}]
                """.formatted(Registration.base64(bundle.pem()))));
    }
}
