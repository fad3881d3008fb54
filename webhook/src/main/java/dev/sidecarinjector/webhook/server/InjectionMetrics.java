package dev.sidecarinjector.webhook.server;

import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.injection.Verdict;
import dev.sidecarinjector.webhook.admission.Answer;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts admissions: under the peer's names (spec section 14), and under one of our own by result and reason. Nothing counts before {@link #begin}. */
final class InjectionMetrics {
    /** Seconds. The peer's bounds begin at 0.1; those below are where admissions really are. */
    private static final double[] BOUNDS = {0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 1, 3, 5, 10, 20, 30, 60};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter requests = counter("sidecar_injection_requests_total", "Requests to the injection webhook.");
    private final Counter successes = counter("sidecar_injection_success_total", "Reviews that were answered, with whatever verdict.");
    private final Counter failures = counter("sidecar_injection_failure_total",
            "Requests that failed, and reviews that were answered with an error.");
    private final Counter skips = counter("sidecar_injection_skip_total", "Pods that were admitted without a sidecar.");
    private final Histogram seconds = Histogram.builder()
            .name("sidecar_injection_time_seconds")
            .help("Time to answer a request, in seconds.")
            .classicOnly()
            .classicUpperBounds(BOUNDS)
            .register(registry);
    private final Map<Reason, CounterDataPoint> outcomes = outcomes(registry);
    private volatile boolean begun;

    /** From now on requests count; the warm-up's don't. */
    void begin() {
        begun = true;
    }

    /** Counts a request that has come in. */
    Timer received() {
        if (begun) {
            requests.inc();
        }
        return new Timer(System.nanoTime());
    }

    /** Counts a request that is no review. */
    void failed() {
        if (begun) {
            failures.inc();
        }
    }

    /** The time since a request came in. */
    final class Timer {
        private final long start;

        private Timer(long start) {
            this.start = start;
        }

        /** Counts an answer that was written. */
        void answered(Answer answer) {
            if (begun) {
                seconds.observe((System.nanoTime() - start) / 1e9);
                successes.inc();
                count(answer);
            }
        }
    }

    private void count(Answer answer) {
        Reason reason = answer.reason();
        if (reason != null) {
            Objects.requireNonNull(outcomes.get(reason)).inc();
        }
        if (reason == null || reason.isFailure()) {
            failures.inc();
        } else if (reason.verdict() == Verdict.SKIP) {
            skips.inc();
        }
    }

    /** Writes all metrics in Prometheus' text format. */
    void write(HttpServletResponse response) throws IOException {
        PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
        response.setContentType(writer.getContentType());
        writer.write(response.getOutputStream(), registry.scrape());
    }

    private Counter counter(String name, String help) {
        return Counter.builder().name(name).help(help).register(registry);
    }

    /** All reasons are there from the beginning, so that a rate over the first one is right too. */
    private static Map<Reason, CounterDataPoint> outcomes(PrometheusRegistry registry) {
        Counter admissions = Counter.builder()
                .name("sidecar_injector_admissions_total")
                .help("Pods by what was done with them and why.")
                .labelNames("result", "reason")
                .register(registry);
        Map<Reason, CounterDataPoint> outcomes = new EnumMap<>(Reason.class);
        for (Reason reason : Reason.values()) {
            outcomes.put(reason, admissions.labelValues(result(reason), reason.label()));
        }
        return outcomes;
    }

    private static String result(Reason reason) {
        if (reason.isFailure()) {
            return "refused";
        }
        return reason.verdict() == Verdict.INJECT ? "injected" : "skipped";
    }
}
