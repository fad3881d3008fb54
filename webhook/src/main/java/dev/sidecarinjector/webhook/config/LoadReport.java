package dev.sidecarinjector.webhook.config;

import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.webhook.event.Events;
import dev.sidecarinjector.webhook.server.Readiness.State;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.prometheus.metrics.core.datapoints.CounterDataPoint;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells of each load where people look: log, metrics, readiness, Events. */
public final class LoadReport {
    private static final Logger LOG = LoggerFactory.getLogger(LoadReport.class);

    private final BiConsumer<State, String> condition;
    private final Events events;
    private final InstantSource clock;
    private final CounterDataPoint accepted;
    private final CounterDataPoint rejected;
    private final Gauge timestamp;
    private final Gauge stale;
    private @Nullable Instant loaded;

    /** @param condition takes the state of the readiness' part CONFIGURATION with a detail */
    public LoadReport(PrometheusRegistry registry, BiConsumer<State, String> condition, Events events, InstantSource clock) {
        this.condition = condition;
        this.events = events;
        this.clock = clock;
        Counter loads = Counter.builder()
                .name("sidecar_injector_configuration_loads_total")
                .help("Sets of configuration that were read and not equal to the one before, by whether they are used.")
                .labelNames("result")
                .register(registry);
        accepted = loads.labelValues("accepted");
        rejected = loads.labelValues("rejected");
        timestamp = Gauge.builder()
                .name("sidecar_injector_configuration_loaded_timestamp_seconds")
                .help("When the configuration in use was loaded, in seconds since 1970; 0 before the first.")
                .register(registry);
        stale = Gauge.builder()
                .name("sidecar_injector_configuration_stale")
                .help("1 while the newest configuration cannot be used and an older one serves, or none.")
                .register(registry);
    }

    void waiting(String place, String why) {
        condition.accept(State.NOT_READY, "no configuration yet: waiting for " + place + ": " + why);
    }

    void accepted(String place, Configuration configuration) {
        Instant now = clock.instant();
        loaded = now;
        accepted.inc();
        timestamp.set(now.toEpochMilli() / 1000.0);
        LOG.info("Configuration loaded from {}", place);
        configuration.warnings().forEach(line -> LOG.warn("Configuration: {}", line));
        upToDate();
    }

    /** What is in use is what the source says (again). */
    void upToDate() {
        stale.set(0);
        condition.accept(State.OK, "loaded at " + since());
    }

    void rejected(String problem, @Nullable ObjectReference about) {
        rejected.inc();
        stale.set(1);
        boolean serving = loaded != null;
        String consequence = serving ? "the one loaded at " + since() + " stays in use" : "there is none to serve with";
        LOG.error("A configuration cannot be used, {}: {}", consequence, problem);
        condition.accept(serving ? State.DEGRADED : State.NOT_READY,
                "the newest configuration cannot be used, " + consequence + ": " + problem);
        if (about != null) {
            events.report(about, Events.Type.WARNING, "ConfigurationRejected", "Not used, " + consequence + ": " + problem);
        }
    }

    private String since() {
        return loaded == null ? "no time" : loaded.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
