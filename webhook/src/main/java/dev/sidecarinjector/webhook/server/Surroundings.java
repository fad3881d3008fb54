package dev.sidecarinjector.webhook.server;

import dev.sidecarinjector.webhook.admission.AdmissionObserver;
import dev.sidecarinjector.webhook.admission.Admissions;
import dev.sidecarinjector.webhook.observe.SpanSink;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * What a server shares with the rest of the program, made before it so that others can report, register and exchange.
 *
 * @param admissions    answers reviews
 * @param revision      of the control plane; a label of the metrics
 * @param readiness     of all parts
 * @param registry      of all metrics
 * @param observer      learns of each answer
 * @param spans         where spans go; null for nowhere
 * @param configuration what {@code /debug/config} shows; without secrets
 */
public record Surroundings(Admissions admissions, String revision, Readiness readiness, PrometheusRegistry registry,
        AdmissionObserver observer, @Nullable SpanSink spans, Supplier<JsonNode> configuration) {
    /** Nothing but admissions. */
    public static Surroundings of(Admissions admissions) {
        return new Surroundings(admissions, "default", new Readiness(), new PrometheusRegistry(), AdmissionObserver.NONE, null,
                JsonNodeFactory.instance::objectNode);
    }

    /** The same with another observer. */
    public Surroundings observedBy(AdmissionObserver other) {
        return new Surroundings(admissions, revision, readiness, registry, other, spans, configuration);
    }

    /** The same with spans. */
    public Surroundings tracedTo(@Nullable SpanSink sink) {
        return new Surroundings(admissions, revision, readiness, registry, observer, sink, configuration);
    }
}
