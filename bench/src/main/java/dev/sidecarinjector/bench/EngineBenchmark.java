package dev.sidecarinjector.bench;

import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.injection.patch.JsonPatch;
import dev.sidecarinjector.templates.ShippedTemplates;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The engine alone: from the bytes of an AdmissionReview to the bytes of its patch. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
@Warmup(iterations = 10, time = 2)
@Measurement(iterations = 5, time = 2)
public class EngineBenchmark {
    /** As the webhook reads. */
    private static final JsonMapper JSON = JsonMapper
            .builder(JsonFactory.builder().enable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES).build()).build();
    private static final Features FEATURES = new Features(Features.NativeMode.ON, "", false, "default", Map.of());

    @Param({"hello", "proxy-override", "prometheus", "containers-20", "env-2000"})
    private String pod = "hello";

    private byte[] body = {};
    private Injector injector = new Injector(configuration());

    private static Configuration configuration() {
        return Configuration.load(ShippedTemplates.config(), ShippedTemplates.values(), ShippedTemplates.mesh(), FEATURES);
    }

    @Setup
    public void prepare() {
        String manifests = System.getProperty("manifests");
        body = Reviews.of(pod, manifests == null ? null : Path.of(manifests));
        injector = new Injector(configuration());
    }

    @Benchmark
    public byte[] reviewToPatch() {
        ObjectNode object = (ObjectNode) JSON.readTree(body).at("/request/object");
        Injection injection = injector.inject(object, InjectionContext.webhook("default", Map.of()));
        return JsonPatch.diff(object, Objects.requireNonNull(injection.pod())).toBytes();
    }
}
