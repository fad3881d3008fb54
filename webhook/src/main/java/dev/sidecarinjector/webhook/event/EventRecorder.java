package dev.sidecarinjector.webhook.event;

import dev.sidecarinjector.webhook.event.Series.Subject;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.InstantSource;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes Events from a bounded queue with one thread; whoever reports only puts into the queue, and what does not fit is counted. */
public final class EventRecorder implements Events, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    static final int QUEUE = 1024;
    /** Milliseconds after which what waits for its time is looked at again. */
    private static final long LOOK_AGAIN = 500;
    private static final int FORBIDDEN = 403;

    private final BlockingQueue<Report> queue = new ArrayBlockingQueue<>(QUEUE);
    private final EventWriter writer;
    private final InstantSource clock;
    private final Ledger ledger;
    private final CounterDataPoint written;
    private final CounterDataPoint failed;
    private final CounterDataPoint rateLimited;
    private final CounterDataPoint queueFull;
    private final Thread thread;
    private @Nullable String lastProblem;
    private volatile boolean closed;

    private record Report(ObjectReference about, Series.Key key) {}

    /**
     * Begins to write.
     *
     * @param instance who reports: the pod's name
     */
    public EventRecorder(KubernetesClient client, String instance, PrometheusRegistry registry, InstantSource clock) {
        this.writer = new EventWriter(client, instance);
        this.clock = clock;
        this.ledger = new Ledger(clock.instant());
        Counter events = Counter.builder()
                .name("sidecar_injector_events_total")
                .help("Kubernetes Events by what became of them: written (updates of a count included), or dropped and why.")
                .labelNames("result")
                .register(registry);
        written = events.labelValues("written");
        failed = events.labelValues("failed");
        rateLimited = events.labelValues("rate_limited");
        queueFull = events.labelValues("queue_full");
        thread = Thread.ofVirtual().name("events").start(this::run);
    }

    @Override
    public void report(ObjectReference about, Type type, String reason, String note) {
        if (!queue.offer(new Report(about, new Series.Key(Subject.of(about), type, reason, note)))) {
            queueFull.inc();
        }
    }

    /** Stops at once; what is not yet written is lost. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        try {
            while (!closed) {
                take(ledger.isWaiting() ? queue.poll(LOOK_AGAIN, TimeUnit.MILLISECONDS) : queue.take());
                for (Report more = queue.poll(); more != null; more = queue.poll()) {
                    take(more);
                }
                for (Series due = ledger.next(clock.instant()); due != null && !closed; due = ledger.next(clock.instant())) {
                    write(due);
                }
            }
        } catch (InterruptedException _) {
            // closed
        }
    }

    private void take(@Nullable Report report) {
        if (report != null && !ledger.add(report.about(), report.key(), clock.instant())) {
            rateLimited.inc();
        }
    }

    private void write(Series series) {
        try {
            writer.write(series);
            written.inc();
            lastProblem = null;
        } catch (RuntimeException e) {
            if (!closed) {
                failed.inc();
                explain(e);
            }
        }
    }

    /** A cluster that takes no Events says so once, not with each of them. */
    private void explain(RuntimeException problem) {
        boolean forbidden = problem instanceof KubernetesClientException refusal && refusal.getCode() == FORBIDDEN;
        String kind = forbidden ? "forbidden" : "other";
        if (!kind.equals(lastProblem)) {
            Throwable root = problem;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            LOG.warn("Events cannot be written: {}; {}", root.getMessage(), forbidden
                    ? "allow the service account to create and patch events of events.k8s.io in all namespaces"
                    : "they are dropped until the API server takes them again");
            lastProblem = kind;
        }
    }
}
