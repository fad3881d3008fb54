package dev.sidecarinjector.webhook.registration;

import dev.sidecarinjector.webhook.certificate.CertificateFolderWatch;
import dev.sidecarinjector.webhook.certificate.ServedCertificate;
import dev.sidecarinjector.webhook.certificate.ServingCertificate;
import dev.sidecarinjector.webhook.certificate.Step;
import dev.sidecarinjector.webhook.server.Readiness;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps what clients need to connect: every replica shows the certificate of the Secret (or of files) as soon as the registrations trust it; the one
 * that leads renews it and keeps the registrations as they should be. One thread does all of it; watches and timers only wake it.
 */
public final class Keeper implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
    /** Without an event. Watches can miss nothing for longer than that. */
    private static final Duration RESYNC = Duration.ofMinutes(1);
    private static final int ROUNDS = 8;

    private final RegistrationApi api;
    private final KeeperOptions options;
    private final Shown shown;
    private final KubernetesRecords records;
    private final Leadership leadership;
    private final Round<SecretRecord, Registration> round;
    private final KeeperMetrics metrics;
    private final Clock clock;
    private final WantedFiles files;
    private final ScheduledExecutorService thread = Executors
            .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("registration").daemon().factory());
    private final SharedIndexInformer<GenericKubernetesResource> registrations;
    private final @Nullable SharedIndexInformer<Secret> secret;
    private @Nullable ScheduledFuture<?> next;
    private boolean led;
    private int failures;
    private String failure = "";

    /** @param served what the port shows; this one exchanges it */
    public Keeper(KubernetesClient client, KeeperOptions options, ServedCertificate served, Readiness readiness,
            PrometheusRegistry registry,
            Incidents incidents, Clock clock) {
        this.options = options;
        this.clock = clock;
        metrics = new KeeperMetrics(registry);
        api = new RegistrationApi(client, options.revision());
        shown = new Shown(served, readiness, metrics);
        records = new KubernetesRecords(api, options, shown::given, metrics, incidents, clock);
        leadership = new Leadership(new KubernetesLease(client, options.namespace(), options.lease(), clock), options.identity(),
                System::nanoTime);
        round = new Round<>(records, options.lives(), leadership::leads);
        files = new WantedFiles(options, readiness);
        registrations = api.watch();
        secret = options.secret() == null ? null : api.watchSecret(options.namespace(), options.secret());
    }

    /** What the Secret holds at the moment, so that a start shows it from the first handshake on; empty where there is none that can be served. */
    public static Optional<ServingCertificate> inSecret(KubernetesClient client, String namespace, String name) {
        return Optional.ofNullable(SecretRecord.of(client.secrets().inNamespace(namespace).withName(name).get()).keyring().serving());
    }

    /** Begins; returns at once. Nothing that fails here ends the program: it is tried again until it works. */
    public void start() {
        shown.begin();
        registrations.addEventHandler(new Wake<>(this::wake));
        registrations.exceptionHandler((_, _) -> true);
        registrations.start();
        if (secret != null) {
            secret.addEventHandler(new Wake<>(this::wake));
            secret.exceptionHandler((_, _) -> true);
            secret.start();
        }
        var _ = thread.scheduleWithFixedDelay(this::turn, 0, Leadership.PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        wake();
    }

    /**
     * Offers what files hold, each time that it changes; not yet started.
     *
     * @param fault as of {@link CertificateFolderWatch}; files that cannot be used also count
     */
    public CertificateFolderWatch follow(Path folder, ServingCertificate current, Consumer<String> fault) {
        return new CertificateFolderWatch(folder, current, this::offer, text -> {
            if (!text.isEmpty()) {
                metrics.refused();
            }
            fault.accept(text);
        });
    }

    /** A certificate of files that may take the place of the shown one, as soon as its clients trust it. */
    void offer(ServingCertificate certificate) {
        thread.execute(() -> shown.offer(certificate));
        wake();
    }

    private void wake() {
        try {
            thread.execute(() -> schedule(Duration.ZERO));
        } catch (RejectedExecutionException _) {
            // The last events of a watch may come after the end.
        }
    }

    private void schedule(Duration pause) {
        if (next != null) {
            next.cancel(false);
        }
        next = thread.schedule(this::work, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void turn() {
        try {
            leadership.turn();
        } catch (RuntimeException e) {
            failed("renew the Lease " + options.lease(), e);
        }
        files.poll();
        boolean leads = leadership.leads();
        metrics.leads(leads);
        if (leads != led) {
            led = leads;
            LOG.info(leads ? "this replica leads: it keeps certificates and registrations" : "this replica leads no more");
            records.begin();
            wake();
        } else if (files.changed()) {
            wake();
        }
    }

    private void work() {
        Duration pause = RESYNC;
        try {
            look();
            if (leadership.leads()) {
                records.want(files.wanted());
                pause = write();
                look();
            }
            failures = 0;
            failure = "";
        } catch (RuntimeException e) {
            failed("keep certificates and registrations", e);
            pause = Duration.ofSeconds(1L << Math.min(failures++, 5));
        }
        Duration again = shown.nextLook();
        schedule(shorter(again, shorter(pause, failures > 0 ? LONGEST_PAUSE : RESYNC)));
    }

    private void look() {
        List<Registration> seen = registrations.getStore().list().stream().map(api::registration).toList();
        if (secret != null) {
            List<Secret> found = secret.getStore().list();
            ServingCertificate offered = found.isEmpty() ? null : SecretRecord.of(found.getFirst()).keyring().serving();
            if (offered != null) {
                shown.offer(offered);
            }
        }
        shown.look(seen, registrations.hasSynced(), clock.instant());
    }

    private Duration write() {
        for (int i = 0; i < ROUNDS; i++) {
            Optional<Step> step = round.run(clock.instant());
            if (step.isEmpty()) {
                return records.waiting().isEmpty() ? Duration.ofMillis(100) : Duration.ofSeconds(1);
            }
            if (step.get() instanceof Step.Wait(Instant until)) {
                Duration pause = until.equals(Instant.MAX) ? RESYNC : Duration.between(clock.instant(), until);
                return pause.isNegative() ? Duration.ZERO : pause;
            }
        }
        return Duration.ofMillis(100);
    }

    private void failed(String what, RuntimeException e) {
        String line = "cannot " + what + ": " + e.getMessage();
        if (!line.equals(failure)) {
            LOG.warn("{}; it is tried again", line);
            failure = line;
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** Ends; the leader hands over. */
    @Override
    public void close() {
        if (thread.isShutdown()) {
            return;
        }
        registrations.stop();
        if (secret != null) {
            secret.stop();
        }
        try {
            thread.submit(() -> {
                if (next != null) {
                    next.cancel(false);
                }
                leadership.release();
            }).get(5, TimeUnit.SECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.info("the Lease {} was not released, others wait for its end: {}", options.lease(), e.getMessage());
        }
        thread.shutdownNow();
    }
}
