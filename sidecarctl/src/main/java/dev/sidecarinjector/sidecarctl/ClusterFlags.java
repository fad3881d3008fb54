package dev.sidecarinjector.sidecarctl;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cluster to ask for what no file gives. */
final class ClusterFlags {
    static final String DEFAULT_NAMESPACE = "istio-system";

    @Option(names = "--offline", description = "Ask no cluster: what no file gives comes from what ships with this program.")
    boolean offline;

    @Option(names = {"-c", "--kubeconfig"}, paramLabel = "FILE", description = "Kubernetes configuration file.")
    @Nullable
    String kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "Context of the Kubernetes configuration to use.")
    @Nullable
    String context;

    @Option(names = {"-i", "--istioNamespace"}, paramLabel = "NAMESPACE", description = "Namespace of the control plane (default: "
            + DEFAULT_NAMESPACE + ").")
    @Nullable
    String istioNamespace;

    @Option(names = {"-n", "--namespace"}, paramLabel = "NAMESPACE", description = "Accepted for compatibility; manifests name their own.")
    @Nullable
    String namespace;

    @Option(names = "--webhookConfig", paramLabel = "NAME", description = "Name of the webhook registration in messages.", defaultValue = "istio-sidecar-injector")
    String webhookConfig = "istio-sidecar-injector";

    @Option(names = "--xds-address", paramLabel = "HOST:PORT", description = "Address of the control plane, of which the host is used.")
    @Nullable
    String xdsAddress;

    @Option(names = {"--xds-port", "--xds-label", "--authority", "--cert-dir",
            "--timeout"}, paramLabel = "VALUE", hidden = true, description = "Accepted for compatibility; without effect.")
    @Nullable
    String ignoredValue;

    @Option(names = {"--insecure", "--plaintext"}, hidden = true, description = "Accepted for compatibility; without effect.")
    boolean ignoredSwitch;

    /** Whether the user has named a cluster or something in one. */
    boolean asked() {
        return kubeconfig != null || context != null || istioNamespace != null || xdsAddress != null;
    }

    ClusterSettings settings(Environment environment) {
        return new ClusterSettings(kubeconfig == null ? null : environment.file(kubeconfig), context,
                istioNamespace == null ? DEFAULT_NAMESPACE : istioNamespace, xdsAddress, environment.variables());
    }
}
