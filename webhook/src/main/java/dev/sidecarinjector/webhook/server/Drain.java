package dev.sidecarinjector.webhook.server;

import dev.sidecarinjector.webhook.observe.InjectionMetrics;
import dev.sidecarinjector.webhook.server.Readiness.Part;
import dev.sidecarinjector.webhook.server.Readiness.State;
import java.time.Duration;
import java.util.Objects;
import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * The first step of an end, before anything is closed. Readiness is withdrawn, and reviews are served on for a while: the cluster has to learn of it. Every
 * answer closes its connection, so that an API server opens its next one to another replica. Then nothing new is accepted, and what is under way ends.
 */
final class Drain implements SmartLifecycle {
    private static final Logger LOG = LoggerFactory.getLogger(Drain.class);
    /** Milliseconds without a request after which those that were accepted last have been served. */
    private static final int QUIET = 200;
    /** No request takes longer: its API server has gone by then. */
    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final Duration grace;
    private final Readiness readiness;
    private final InjectionMetrics metrics;
    private volatile @Nullable Connector admissions;
    private volatile boolean running;
    private volatile boolean draining;

    Drain(Duration grace, Readiness readiness, InjectionMetrics metrics) {
        this.grace = grace;
        this.readiness = readiness;
        this.metrics = metrics;
    }

    /** What to close when the time has come. */
    void closes(Connector connector) {
        admissions = connector;
    }

    boolean isDraining() {
        return draining;
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        readiness.report(Part.STOPPING, State.NOT_READY, "the server was told to end");
        draining = true;
        running = false;
        try {
            if (!grace.isZero()) {
                LOG.info("Stopping: not ready from now on, serving for {} s more", grace.toSeconds());
                Thread.sleep(grace);
            }
            // A paused connector would answer 503 on connections that are open; one whose socket is closed serves them.
            Objects.requireNonNull(admissions).getProtocolHandler().closeServerSocketGraceful();
            awaitQuiet();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitQuiet() throws InterruptedException {
        long begun = System.nanoTime();
        long busy = begun;
        while (System.nanoTime() - busy < Duration.ofMillis(QUIET).toNanos() && System.nanoTime() - begun < LONGEST.toNanos()) {
            Thread.sleep(QUIET / 10);
            if (metrics.underWay() > 0) {
                busy = System.nanoTime();
            }
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
