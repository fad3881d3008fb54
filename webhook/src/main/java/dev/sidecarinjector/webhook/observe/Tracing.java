package dev.sidecarinjector.webhook.observe;

import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.webhook.admission.Answer;
import dev.sidecarinjector.webhook.admission.Review;
import dev.sidecarinjector.webhook.admission.Stages;
import dev.sidecarinjector.webhook.admission.Stages.Stage;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Spans over OTLP/HTTP that continue the trace of the API server: one for the request, below it one for each stage. The API server decides what is
 * sampled; a request without a trace has none here. Spans are made when the answer is out, and dropped when they come faster than they leave.
 */
public final class Tracing implements SpanSink {
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final TextMapGetter<String> HEADER = new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(String header) {
            return List.of("traceparent");
        }

        @Override
        public @Nullable String get(@Nullable String header, String key) {
            return key.equals("traceparent") ? header : null;
        }
    };

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /**
     * @param endpoint the collector's base, {@code http://collector:4318}; {@code /v1/traces} is added unless it has a path
     */
    public Tracing(URI endpoint, String revision) {
        String path = endpoint.getPath();
        URI traces = path == null || path.isEmpty() || path.equals("/") ? endpoint.resolve("/v1/traces") : endpoint;
        OtlpHttpSpanExporter exporter = OtlpHttpSpanExporter.builder().setEndpoint(traces.toString()).setTimeout(PATIENCE).build();
        Attributes resource = Attributes.builder().put("service.name", "sidecar-injector").put("service.version", ProcessMetrics.version())
                .put("istio.revision", revision).build();
        provider = SdkTracerProvider.builder()
                .setSampler(Sampler.parentBased(Sampler.alwaysOff()))
                .setResource(Resource.create(resource))
                .addSpanProcessor(BatchSpanProcessor.builder(exporter).build())
                .build();
        tracer = provider.get("dev.sidecarinjector");
    }

    @Override
    public void answered(String traceparent, Answer answer) {
        Context parent = W3CTraceContextPropagator.getInstance().extract(Context.root(), traceparent, HEADER);
        SpanContext caller = Span.fromContext(parent).getSpanContext();
        if (!caller.isValid() || !caller.isSampled()) {
            return;
        }
        Stages stages = answer.stages();
        long begun = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - (System.nanoTime() - stages.begun());
        Span request = tracer.spanBuilder("inject").setParent(parent).setSpanKind(SpanKind.SERVER)
                .setStartTimestamp(begun, TimeUnit.NANOSECONDS).startSpan();
        describe(request, answer);
        long from = begun;
        for (Stage stage : Stage.values()) {
            long to = from + stages.spent(stage);
            tracer.spanBuilder(stage.label()).setParent(Context.root().with(request)).setStartTimestamp(from, TimeUnit.NANOSECONDS)
                    .startSpan().end(to, TimeUnit.NANOSECONDS);
            from = to;
        }
        request.end(begun + stages.total(), TimeUnit.NANOSECONDS);
    }

    private static void describe(Span span, Answer answer) {
        Review.Question question = answer.question();
        if (question != null) {
            span.setAttribute("k8s.admission.uid", question.uid());
            span.setAttribute("k8s.namespace.name", question.podNamespace());
            span.setAttribute("k8s.pod.name", question.podName());
        }
        Reason reason = answer.reason();
        if (reason != null) {
            span.setAttribute("sidecar_injector.reason", reason.label());
        }
        if (answer.problem() != null) {
            span.setStatus(StatusCode.ERROR, answer.problem());
        }
    }

    @Override
    public void close() {
        provider.shutdown().join(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
}
