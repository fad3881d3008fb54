package dev.sidecarinjector.webhook;

import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.ConfigurationException;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.templates.ShippedTemplates;
import dev.sidecarinjector.webhook.admission.AdmissionObserver;
import dev.sidecarinjector.webhook.admission.Admissions;
import dev.sidecarinjector.webhook.admission.ClusterView;
import dev.sidecarinjector.webhook.certificate.CertificateFolderWatch;
import dev.sidecarinjector.webhook.certificate.ServedCertificate;
import dev.sidecarinjector.webhook.certificate.ServingCertificate;
import dev.sidecarinjector.webhook.certificate.TrustBundle;
import dev.sidecarinjector.webhook.config.ConfigurationFolder;
import dev.sidecarinjector.webhook.config.LiveConfiguration;
import dev.sidecarinjector.webhook.config.LoadReport;
import dev.sidecarinjector.webhook.config.Unconfigured;
import dev.sidecarinjector.webhook.event.Events;
import dev.sidecarinjector.webhook.observe.ConfigurationReport;
import dev.sidecarinjector.webhook.observe.Logs;
import dev.sidecarinjector.webhook.observe.SpanSink;
import dev.sidecarinjector.webhook.observe.Tracing;
import dev.sidecarinjector.webhook.server.Readiness;
import dev.sidecarinjector.webhook.server.Readiness.Part;
import dev.sidecarinjector.webhook.server.Readiness.State;
import dev.sidecarinjector.webhook.server.ServerOptions;
import dev.sidecarinjector.webhook.server.Surroundings;
import dev.sidecarinjector.webhook.server.WebhookServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Puts the parts together by the settings, starts them in their order, and ends them in the reverse one. */
final class Program implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Program.class);
    /** At most: on a machine that is busy with other things answers don't get quick, however long one waits. */
    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final int MONITORING_PORT = 15014;

    private final Settings settings;
    private final Map<String, String> variables;
    private final Readiness readiness = new Readiness();
    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Admissions admissions = new Admissions(new Unconfigured(), ClusterView.NONE);
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean closed;

    Program(Settings settings, Map<String, String> variables) {
        this.settings = settings;
        this.variables = variables;
    }

    /** Returns when the server is warm. What is found unusable is thrown, with what was started still to be closed. */
    WebhookServer start() throws InterruptedException {
        Logs.begin(settings.logFormat, settings.logLevel);
        Features features = Features.of(variables, settings.revision, LOG::warn);
        TrustBundle clients = clientAuthorities();
        return settings.cluster ? inCluster(features, clients) : alone(features, clients);
    }

    private WebhookServer alone(Features features, @Nullable TrustBundle clients) {
        // Loading the library that makes certificates takes as long as parsing the templates. A folder is filled only by a start that succeeds.
        CompletableFuture<ServingCertificate> selfMade = settings.certDir == null
                ? CompletableFuture.supplyAsync(ServingCertificate::selfMade)
                : null;
        Path folder = settings.configDir;
        Supplier<JsonNode> description = folder == null ? shipped(features) : followed(folder, features);
        ServingCertificate first = selfMade != null ? selfMade.join() : ServingCertificate.in(settings.certDir);
        ServedCertificate served = new ServedCertificate(first, clients);
        if (settings.certDir != null) {
            keep(new CertificateFolderWatch(settings.certDir, first, served::show, this::certificateFault)).start();
        }
        return serve(served, AdmissionObserver.NONE, description);
    }

    private Supplier<JsonNode> shipped(Features features) {
        String config = ShippedTemplates.config();
        String values = ShippedTemplates.values();
        String mesh = ShippedTemplates.mesh();
        Configuration configuration = Configuration.load(config, values, mesh, features);
        configuration.warnings().forEach(LOG::warn);
        use(configuration);
        return () -> ConfigurationReport.of(configuration, config, values, mesh, "what ships with the program",
                Clock.systemUTC().instant());
    }

    private Supplier<JsonNode> followed(Path folder, Features features) {
        LiveConfiguration live = keep(
                new LiveConfiguration(new ConfigurationFolder(folder, null), features, this::use, loadReport(Events.NONE)));
        use(live.first());
        live.start();
        return live::description;
    }

    private void use(Configuration configuration) {
        admissions.use(new Injector(configuration)::inject, ClusterView.NONE);
    }

    private WebhookServer inCluster(Features features, @Nullable TrustBundle clients) throws InterruptedException {
        InCluster cluster = keep(new InCluster(settings, variables, readiness, registry));
        LiveConfiguration live = keep(cluster.configuration(features, admissions, this::loadReport));
        ServedCertificate served = cluster.certificate(clients);
        keep(cluster.keeper(served)).start();
        if (settings.certDir != null) {
            keep(cluster.follow(settings.certDir, served, this::certificateFault)).start();
        }
        cluster.await(live);
        return serve(served, cluster.admissionEvents(), live::description);
    }

    private LoadReport loadReport(Events events) {
        return new LoadReport(registry, (state, detail) -> readiness.report(Part.CONFIGURATION, state, detail), events, Clock.systemUTC());
    }

    private void certificateFault(String fault) {
        if (fault.isEmpty()) {
            LOG.info("The files of --cert-dir can be used again");
        } else {
            LOG.error("{}; the certificate that was shown before stays", fault);
        }
        readiness.report(Part.CERTIFICATE, fault.isEmpty() ? State.OK : State.DEGRADED, fault);
    }

    private WebhookServer serve(ServedCertificate served, AdmissionObserver observer, Supplier<JsonNode> description) {
        SpanSink spans = settings.otlpEndpoint == null ? null : keep(new Tracing(settings.otlpEndpoint, settings.revision));
        int monitoring = settings.monitoringPort != null ? settings.monitoringPort : settings.cluster ? MONITORING_PORT : -1;
        // Without a cluster nobody has to learn that the server ends.
        ServerOptions options = new ServerOptions(settings.host, settings.port, served, WARM_UP).withPorts(monitoring, settings.debugPort)
                .withGrace(settings.cluster ? ServerOptions.GRACE : Duration.ZERO)
                .withDeadline(settings.deadline);
        Surroundings around = new Surroundings(admissions, settings.revision, readiness, registry, observer, spans, description);
        return keep(WebhookServer.start(options, around));
    }

    private synchronized <T extends AutoCloseable> T keep(T part) {
        parts.push(part);
        if (closed) {
            end();
        }
        return part;
    }

    /** Ends everything, the server first: it drains while the rest still works. */
    @Override
    public synchronized void close() {
        closed = true;
        end();
    }

    private void end() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception e) {
                LOG.warn("{} did not end cleanly: {}", part.getClass().getSimpleName(), e.toString());
            }
        }
    }

    private @Nullable TrustBundle clientAuthorities() {
        Path file = settings.clientAuthorities;
        if (file == null) {
            return null;
        }
        try {
            return TrustBundle.required(Files.readString(file), "--client-ca " + file);
        } catch (IOException e) {
            throw new ConfigurationException("--client-ca " + file + ": cannot be read (" + e + ")");
        }
    }
}
