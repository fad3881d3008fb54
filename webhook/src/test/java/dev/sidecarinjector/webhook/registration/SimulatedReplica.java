package dev.sidecarinjector.webhook.registration;

import dev.sidecarinjector.webhook.certificate.CertificateState;
import dev.sidecarinjector.webhook.certificate.CertificateState.Leaf;
import dev.sidecarinjector.webhook.certificate.Standing;
import dev.sidecarinjector.webhook.certificate.Step;
import dev.sidecarinjector.webhook.registration.SimulatedCluster.RegistrationAt;
import dev.sidecarinjector.webhook.registration.SimulatedCluster.SecretAt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;

/**
 * One replica: a real {@link Round} as its writer, each call to the API server a point where the schedule may stop it, go on with others, or end it; and
 * a server that looks through watches that may be behind. Every replica believes that it leads: the worst that an election can do.
 */
final class SimulatedReplica implements Records<SecretAt, RegistrationAt> {
    private static final class Crash extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private final SimulatedCluster cluster;
    private final Duration skew;
    private final Semaphore go = new Semaphore(0);
    private final Semaphore done = new Semaphore(0);
    private Instant now = Instant.EPOCH;
    private boolean crash;
    private boolean finished = true;
    private int seenSecret;
    private final int[] seenRegistrations;
    private Leaf served;
    private Round<SecretAt, RegistrationAt> round;
    Step last;

    SimulatedReplica(SimulatedCluster cluster, Duration skew) {
        this.cluster = cluster;
        this.skew = skew;
        this.seenRegistrations = new int[cluster.registrations.size()];
        restart();
    }

    private void restart() {
        served = null;
        round = new Round<>(this, cluster.lives, () -> true);
    }

    /** Lets it make its next call to the API server; with {@code crash} it ends there, before the call or after it. */
    void step(Instant time, boolean crashes) throws InterruptedException {
        now = time.plus(skew);
        crash = crashes;
        if (finished) {
            finished = false;
            Thread.ofVirtual().start(this::life);
        } else {
            go.release();
        }
        done.acquire();
    }

    boolean idle() {
        return finished;
    }

    private void life() {
        try {
            last = round.run(now).orElse(null);
        } catch (Crash _) {
            restart();
        }
        finished = true;
        done.release();
    }

    /** Other replicas may run between what was read and what comes now. */
    private void point() {
        if (crash) {
            crash = false;
            throw new Crash();
        }
        done.release();
        go.acquireUninterruptibly();
        if (crash) {
            crash = false;
            throw new Crash();
        }
    }

    /** Watches bring some more of what happened; then the server decides what it shows. */
    void watch(RandomGenerator dice, Instant time) {
        seenSecret += dice.nextInt(cluster.secrets.size() - seenSecret);
        for (int i = 0; i < seenRegistrations.length; i++) {
            seenRegistrations[i] += dice.nextInt(cluster.registrations.get(i).size() - seenRegistrations[i]);
        }
        look(time);
    }

    void watchAll(Instant time) {
        seenSecret = cluster.secrets.size() - 1;
        for (int i = 0; i < seenRegistrations.length; i++) {
            seenRegistrations[i] = cluster.registrations.get(i).size() - 1;
        }
        look(time);
    }

    private void look(Instant time) {
        CertificateState state = cluster.secrets.get(seenSecret).state();
        Leaf offered = state.leaf();
        if (offered != null && Standing.change(served == null ? null : standing(served), standing(offered), time.plus(skew))) {
            served = offered;
        }
    }

    private Standing standing(Leaf leaf) {
        List<Boolean> trust = new ArrayList<>();
        for (int i = 0; i < seenRegistrations.length; i++) {
            trust.add(cluster.registrations.get(i).get(seenRegistrations[i]).trusted().contains(leaf.issuer()));
        }
        return new Standing(!trust.contains(false), trust.isEmpty() || trust.contains(true), leaf.end());
    }

    Leaf served() {
        return served;
    }

    boolean ready(Instant time) {
        return served != null && time.plus(skew).isBefore(served.end()) && standing(served).everywhere();
    }

    @Override
    public List<RegistrationAt> registrations() {
        List<RegistrationAt> read = cluster.current();
        point();
        return read;
    }

    @Override
    public SecretAt secret() {
        SecretAt read = cluster.secret();
        point();
        return read;
    }

    @Override
    public CertificateState state(SecretAt secret) {
        return secret.state();
    }

    @Override
    public RegistrationAt repair(RegistrationAt registration, SecretAt secret) {
        RegistrationAt after = cluster.put(registration, secret);
        if (!registration.equals(after)) {
            point();
        }
        return after;
    }

    @Override
    public boolean trusts(RegistrationAt registration, String authority) {
        return registration.trusted().contains(authority);
    }

    @Override
    public boolean write(SecretAt secret, Step step, Instant at) {
        boolean written = cluster.put(secret, step, at);
        point();
        return written;
    }
}
