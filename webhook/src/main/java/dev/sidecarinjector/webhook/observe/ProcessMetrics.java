package dev.sidecarinjector.webhook.observe;

import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The process behind the webhook: processor time, memory, threads, and which build it is; under the names that dashboards know. */
public final class ProcessMetrics {
    private ProcessMetrics() {}

    /** Adds them to a registry. */
    public static void register(PrometheusRegistry registry, String revision) {
        io.prometheus.metrics.instrumentation.jvm.ProcessMetrics.builder().register(registry);
        JvmMemoryMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
        Info.builder().name("sidecar_injector_build_info").help("The build that runs; the value is always 1.")
                .labelNames("version", "java", "revision").register(registry)
                .setLabelValues(version(), Runtime.version().toString(), revision);
    }

    /** The version that the build wrote down. */
    public static String version() {
        Properties build = new Properties();
        try (InputStream in = ProcessMetrics.class.getResourceAsStream("/dev/sidecarinjector/webhook/build.properties")) {
            build.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return build.getProperty("version", "unknown");
    }
}
