package dev.sidecarinjector.webhook.observe;

import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.injection.Verdict;
import dev.sidecarinjector.webhook.admission.Answer;
import dev.sidecarinjector.webhook.admission.Stages;
import dev.sidecarinjector.webhook.admission.Stages.Stage;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.datapoints.DistributionDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts admissions: under the peer's names (spec section 14), and under ours by result, reason and revision. All series are there from the
 * beginning, so that a rate over the first event is right too. Nothing counts before {@link #begin}.
 */
public final class InjectionMetrics {
    /** Seconds. The peer's bounds begin at 0.1; those below are where admissions really are. */
    private static final double[] BOUNDS = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 1, 3, 5, 10, 20, 30, 60};
    /** Seconds. */
    private static final double[] STAGE_BOUNDS = {0.00005, 0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.01, 0.05, 0.25, 1, 5, 10};
    private static final Stage[] STAGES = Stage.values();

    private final PrometheusRegistry registry;
    private final Counter requests;
    private final Counter successes;
    private final Counter failures;
    private final Counter skips;
    private final DistributionDataPoint seconds;
    private final Map<Stage, DistributionDataPoint> stages = new EnumMap<>(Stage.class);
    private final Map<Reason, CounterDataPoint> outcomes = new EnumMap<>(Reason.class);
    private final Map<Unserved, CounterDataPoint> unserved = new EnumMap<>(Unserved.class);
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile boolean begun;

    /**
     * @param revision of the control plane that the injected proxies belong to: a label, so that two revisions side by side can be told apart
     */
    public InjectionMetrics(PrometheusRegistry registry, String revision) {
        this.registry = registry;
        requests = counter("sidecar_injection_requests_total", "Requests to the injection webhook.");
        successes = counter("sidecar_injection_success_total", "Reviews that were answered, with whatever verdict.");
        failures = counter("sidecar_injection_failure_total", "Requests that failed, and reviews that were answered with an error.");
        skips = counter("sidecar_injection_skip_total", "Pods that were admitted without a sidecar.");
        seconds = Histogram.builder().name("sidecar_injection_time_seconds").help("Time to answer a request, in seconds.").classicOnly()
                .classicUpperBounds(BOUNDS).register(registry);
        Histogram byStage = Histogram.builder().name("sidecar_injector_stage_seconds")
                .help("Time of one request in each stage, in seconds.").classicOnly().classicUpperBounds(STAGE_BOUNDS).labelNames("stage")
                .register(registry);
        for (Stage stage : STAGES) {
            stages.put(stage, byStage.labelValues(stage.label()));
        }
        Counter admissions = Counter.builder().name("sidecar_injector_admissions_total")
                .help("Requests by what was done with their pods and why.").labelNames("result", "reason", "revision").register(registry);
        for (Reason reason : Reason.values()) {
            outcomes.put(reason, admissions.labelValues(result(reason), reason.label(), revision));
        }
        for (Unserved reason : Unserved.values()) {
            unserved.put(reason, admissions.labelValues("unserved", reason.label(), revision));
        }
        gauge("sidecar_injector_requests_in_flight", "Requests that have come in and are not yet answered.", underWay::get);
    }

    /** Shows a number of the moment under this name. */
    public void gauge(String name, String help, IntSupplier value) {
        GaugeWithCallback.builder().name(name).help(help).callback(now -> now.call(value.getAsInt())).register(registry);
    }

    /** From now on requests count; the warm-up's don't. */
    public void begin() {
        begun = true;
    }

    /** Whether requests are meant. */
    public boolean hasBegun() {
        return begun;
    }

    /** Counts a request that has come in. */
    public void received() {
        underWay.getAndIncrement();
        if (begun) {
            requests.inc();
        }
    }

    /** Counts a request's end, however it ended. */
    public void done() {
        underWay.getAndDecrement();
    }

    /** Requests that were received and are not done. */
    public int underWay() {
        return underWay.get();
    }

    /** Counts a request that got no answer to a review. */
    public void refused(Unserved reason) {
        if (begun) {
            failures.inc();
            Objects.requireNonNull(unserved.get(reason)).inc();
        }
    }

    /** Counts an answer that was sent. */
    public void answered(Answer answer) {
        if (begun) {
            successes.inc();
            observe(answer.stages());
            count(answer.reason());
        }
    }

    private void observe(Stages spent) {
        seconds.observe(spent.total() / 1e9);
        for (Stage stage : STAGES) {
            Objects.requireNonNull(stages.get(stage)).observe(spent.spent(stage) / 1e9);
        }
    }

    private void count(@Nullable Reason reason) {
        if (reason == null) {
            Objects.requireNonNull(unserved.get(Unserved.UNREADABLE)).inc();
        } else {
            Objects.requireNonNull(outcomes.get(reason)).inc();
        }
        if (reason == null || reason.isFailure()) {
            failures.inc();
        } else if (reason.verdict() == Verdict.SKIP) {
            skips.inc();
        }
    }

    private Counter counter(String name, String help) {
        return Counter.builder().name(name).help(help).register(registry);
    }

    private static String result(Reason reason) {
        if (reason.isFailure()) {
            return "refused";
        }
        return reason.verdict() == Verdict.INJECT ? "injected" : "skipped";
    }
}
