package dev.sidecarinjector.webhook;

import dev.sidecarinjector.webhook.observe.Logs;
import dev.sidecarinjector.webhook.server.GoDuration;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.logging.LogLevel;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The program's options: the one table that the parser, the help and the reference page read. */
final class Settings {
    @Option(names = "--config-dir", paramLabel = "DIR", description = "Folder with the files config and values, and mesh where it differs from the default: "
            + "the keys of the injector's and the mesh's ConfigMap as a volume shows them. Changes are taken while it serves.")
    @Nullable
    Path configDir;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "Address to listen on. Default: all.")
    String host = "";

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "15017", description = "Port of admissions, HTTPS; 0 takes a free one. Default: ${DEFAULT-VALUE}.")
    int port;

    @Option(names = "--monitoring-port", paramLabel = "PORT", description = "Port of /healthz/ready, /healthz/live and /metrics, plain HTTP; -1 for none. Default: 15014 with "
            + "--cluster, else none. Readiness and metrics are on the port of admissions too.")
    @Nullable
    Integer monitoringPort;

    @Option(names = "--debug-port", paramLabel = "PORT", defaultValue = "-1", description = "Port of /debug/inject, /debug/config and /debug/loglevel on 127.0.0.1, plain HTTP. Default: none.")
    int debugPort;

    @Option(names = "--revision", paramLabel = "NAME", defaultValue = "default", description = "Revision of the control plane that the injected proxies belong to. Default: ${DEFAULT-VALUE}.")
    String revision = "default";

    @Option(names = "--cluster", description = "Work with a cluster: watch its ConfigMaps (without --config-dir), nodes, namespaces and ProxyConfigs, keep certificates and "
            + "registrations, write Events. Without it no cluster is asked for anything.")
    boolean cluster;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "Kubernetes configuration file for --cluster. Default: KUBECONFIG, ~/.kube/config, or the pod's service account.")
    @Nullable
    Path kubeconfig;

    @Option(names = "--namespace", paramLabel = "NAME", description = "Namespace of the ConfigMaps, the Secret and the Lease. Default: the variable POD_NAMESPACE, else istio-system.")
    @Nullable
    String namespace;

    @Option(names = "--injector-configmap", paramLabel = "NAME", description = "ConfigMap with config and values. Default: istio-sidecar-injector, with -REVISION unless it is the default one.")
    @Nullable
    String injectorConfigMap;

    @Option(names = "--mesh-configmap", paramLabel = "NAME", description = "ConfigMap with mesh. Default: istio, with -REVISION unless it is the default one.")
    @Nullable
    String meshConfigMap;

    @Option(names = "--cert-dir", paramLabel = "DIR", description = "Folder with tls.crt, tls.key and ca.crt in PEM format; changes are taken while it serves. When it has none of "
            + "them, self-made ones are written there.")
    @Nullable
    Path certDir;

    @Option(names = "--cert-secret", paramLabel = "NAME", description = "Secret that holds self-made certificates for all replicas; made and renewed by the one that leads. Needs --cluster.")
    @Nullable
    String certSecret;

    @Option(names = "--cert-life", hidden = true, paramLabel = "DURATION", converter = GoDurations.class, description = "How long a certificate in the Secret is good for. Default: 90 days.")
    @Nullable
    Duration certLife;

    @Option(names = "--cert-renewal", hidden = true, paramLabel = "DURATION", converter = GoDurations.class, description = "Age at which a certificate in the Secret is replaced. Default: two thirds of its "
            + "life.")
    @Nullable
    Duration certRenewal;

    @Option(names = "--service", paramLabel = "NAME", defaultValue = "sidecar-injector", description = "Service that the API server calls: self-made certificates are good for its names. Default: ${DEFAULT-VALUE}.")
    String service = "";

    @Option(names = "--registration-dir", paramLabel = "DIR", description = "Folder with YAML of the MutatingWebhookConfigurations as they should be: they are put back when edited. Without it "
            + "only the caBundle of the revision's registrations is kept. Needs --cluster.")
    @Nullable
    Path registrationDir;

    @Option(names = "--registration-owner", paramLabel = "CLUSTERROLE", description = "ClusterRole that owns registrations which are made anew after they were deleted, so that uninstalling takes them "
            + "along. Without it none is made anew.")
    @Nullable
    String registrationOwner;

    @Option(names = "--client-ca", paramLabel = "FILE", description = "Authorities, in PEM format, of which a client needs a certificate to have a review answered: the API server's. Default: any "
            + "client may ask.")
    @Nullable
    Path clientAuthorities;

    @Option(names = "--deadline", paramLabel = "DURATION", converter = GoDurations.class, description = "Within what time a review is answered, such as 5s. Default: 0.8 of what the API server says that it waits, else 8s.")
    @Nullable
    Duration deadline;

    @Option(names = "--log-format", paramLabel = "FORMAT", defaultValue = "text", description = "Lines of the log: text or json. Default: ${DEFAULT-VALUE}.")
    Logs.Format logFormat = Logs.Format.TEXT;

    @Option(names = "--log-level", paramLabel = "LEVEL", defaultValue = "info", description = "Least level that is logged: error, warn, info, debug or trace. debug has a line for each admission. "
            + "Default: ${DEFAULT-VALUE}.")
    LogLevel logLevel = LogLevel.INFO;

    @Option(names = "--otlp-endpoint", paramLabel = "URL", description = "Collector of OpenTelemetry spans over HTTP, such as http://collector:4318. Default: no spans.")
    @Nullable
    URI otlpEndpoint;

    @Spec(Spec.Target.MIXEE)
    @Nullable
    CommandSpec spec;

    /**
     * Looks for what one option alone cannot tell.
     *
     * @throws ParameterException where options contradict each other or a number is none of a port
     */
    void check() {
        port("--port", port, 0);
        port("--debug-port", debugPort, -1);
        if (monitoringPort != null) {
            port("--monitoring-port", monitoringPort, -1);
        }
        if (certDir != null && certSecret != null) {
            fail("--cert-dir and --cert-secret exclude each other: certificates come from files or from a Secret");
        }
        if (cluster && certDir == null && certSecret == null) {
            fail("--cluster needs --cert-secret NAME or --cert-dir DIR: without them each replica would make a certificate of its own, and the API server "
                    + "would trust those of one replica only");
        }
        if (certRenewal != null && certLife == null) {
            fail("--cert-renewal needs --cert-life");
        }
        needsCluster("--kubeconfig", kubeconfig);
        needsCluster("--injector-configmap", injectorConfigMap);
        needsCluster("--mesh-configmap", meshConfigMap);
        needsCluster("--cert-secret", certSecret);
        needsCluster("--registration-dir", registrationDir);
        needsCluster("--registration-owner", registrationOwner);
    }

    private void port(String option, int value, int least) {
        if (value < least || value > 65_535) {
            fail("Invalid value for option '" + option + "': " + value + " is not between " + least + " and 65535");
        }
    }

    private void needsCluster(String option, @Nullable Object value) {
        if (value != null && !cluster) {
            fail(option + " has no effect without --cluster");
        }
    }

    private void fail(String message) {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    /** Durations as Go and Kubernetes write them. */
    static final class GoDurations implements ITypeConverter<Duration> {
        @Override
        public Duration convert(String text) {
            Duration duration = GoDuration.parse(text);
            if (duration == null || !duration.isPositive()) {
                throw new TypeConversionException("'" + text + "' is not a duration such as 5s, 1m30s or 500ms");
            }
            return duration;
        }
    }
}
