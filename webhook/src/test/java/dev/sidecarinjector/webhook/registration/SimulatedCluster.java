package dev.sidecarinjector.webhook.registration;

import dev.sidecarinjector.webhook.certificate.CertificateState;
import dev.sidecarinjector.webhook.certificate.CertificateState.Authority;
import dev.sidecarinjector.webhook.certificate.CertificateState.Leaf;
import dev.sidecarinjector.webhook.certificate.Lives;
import dev.sidecarinjector.webhook.certificate.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** An API server as far as certificates go: one Secret, some registrations, all their versions. Certificates are numbers here. */
final class SimulatedCluster {
    record SecretAt(int version, CertificateState state) {}

    record RegistrationAt(int name, int version, Set<String> trusted) {}

    final Lives lives;
    final List<SecretAt> secrets = new ArrayList<>(List.of(new SecretAt(0, CertificateState.NONE)));
    final List<List<RegistrationAt>> registrations = new ArrayList<>();
    int steps;
    private int made;

    SimulatedCluster(Lives lives, int count) {
        this.lives = lives;
        for (int i = 0; i < count; i++) {
            registrations.add(new ArrayList<>(List.of(new RegistrationAt(i, 0, Set.of()))));
        }
    }

    SecretAt secret() {
        return secrets.getLast();
    }

    List<RegistrationAt> current() {
        return registrations.stream().map(List::getLast).toList();
    }

    boolean put(SecretAt read, Step step, Instant now) {
        if (read.version() != secret().version()) {
            return false;
        }
        steps++;
        secrets.add(new SecretAt(read.version() + 1, after(read.state(), step, now)));
        return true;
    }

    RegistrationAt put(RegistrationAt read, SecretAt secret) {
        List<RegistrationAt> versions = registrations.get(read.name());
        Set<String> wanted = secret.state().authorities().stream().map(Authority::id).collect(Collectors.toSet());
        if (wanted.equals(read.trusted()) || wanted.isEmpty()) {
            return read;
        }
        if (read.version() != versions.getLast().version()) {
            return null;
        }
        versions.add(new RegistrationAt(read.name(), read.version() + 1, wanted));
        return versions.getLast();
    }

    /** Somebody else's hand. */
    void edit(int name, Set<String> trusted) {
        List<RegistrationAt> versions = registrations.get(name);
        versions.add(new RegistrationAt(name, versions.getLast().version() + 1, trusted));
    }

    private CertificateState after(CertificateState state, Step step, Instant now) {
        return switch (step) {
            case Step.Wait _ -> throw new AssertionError("nothing to write");
            case Step.NewAuthority _ -> {
                List<Authority> all = new ArrayList<>(state.authorities());
                all.addFirst(new Authority("ca" + ++made, now.plus(lives.authority())));
                yield new CertificateState(List.copyOf(all), true, state.leaf());
            }
            case Step.NewLeaf _ -> {
                Authority issuer = state.authorities().getFirst();
                Instant end = now.plus(lives.leaf());
                yield new CertificateState(state.authorities(), true,
                        new Leaf("leaf" + ++made, issuer.id(), end.isBefore(issuer.end()) ? end : issuer.end(), true));
            }
            case Step.Forget(Set<String> ids) -> new CertificateState(
                    state.authorities().stream().filter(one -> !ids.contains(one.id())).toList(), state.signs(), state.leaf());
        };
    }
}
