package dev.sidecarinjector.sidecarctl;

import org.jspecify.annotations.Nullable;

/** The flags of kube-inject: the one table that the parser, the help and the reference page read. */
public enum Flag {
    FILENAME("-f", "--filename", "FILE", null,
            "A file, a folder (its .yaml, .yml and .json files, sorted by name), or - for standard input. May be repeated, where"
                    + " the reference implementation reads the last one only; a file that is named twice is read once."), //
    OUTPUT("-o", "--output", "FILE", null,
            "Where to write; standard output if not given. A file is written whole or not at all."), //
    INJECT_CONFIG_FILE(null, "--injectConfigFile", "FILE", null,
            "Injection configuration with templates, or the text of the sidecar template alone."), //
    VALUES_FILE(null, "--valuesFile", "FILE", null, "Values that the templates read."), //
    MESH_CONFIG_FILE(null, "--meshConfigFile", "FILE", null, "Mesh configuration."), //
    OPERATOR_FILE(null, "--operatorFileName", "FILE", null,
            "IstioOperator resource whose values and mesh configuration are used before those of other files."), //
    REVISION("-r", "--revision", "REVISION", null, "Revision of the control plane."), //
    OFFLINE(null, "--offline", null, null, "Ask no cluster: what no file gives is what ships with this program."), //
    KUBECONFIG("-c", "--kubeconfig", "FILE", null,
            "Kubernetes configuration file; if not given, the files of KUBECONFIG, merged as kubectl does, else ~/.kube/config."), //
    CONTEXT(null, "--context", "NAME", null, "Context of the Kubernetes configuration."), //
    CLUSTER(null, "--cluster", "NAME", null, "Cluster of the Kubernetes configuration, in place of the context's."), //
    USER(null, "--user", "NAME", null, "User of the Kubernetes configuration, in place of the context's."), //
    AS(null, "--as", "USER", null, "User in whose name the cluster is asked."), //
    ISTIO_NAMESPACE("-i", "--istioNamespace", "NAMESPACE", "istio-system", "Namespace of the control plane."), //
    NAMESPACE("-n", "--namespace", "NAMESPACE", null, "Accepted for compatibility; manifests name their own."), //
    MESH_CONFIG_MAP(null, "--meshConfigMapName", "NAME", "istio", "ConfigMap with the mesh configuration, without the revision."), //
    INJECT_CONFIG_MAP(null, "--injectConfigMapName", "NAME", "istio-sidecar-injector",
            "ConfigMap with the injection configuration and the values, without the revision."), //
    WEBHOOK_CONFIG(null, "--webhookConfig", "NAME", "istio-sidecar-injector",
            "Accepted for compatibility; the registration is found by its revision."), //
    XDS_ADDRESS(null, "--xds-address", "HOST:PORT", null,
            "Address of the control plane, of which the host is used to reach its webhook without a port-forward."), //
    XDS_PORT(null, "--xds-port", "PORT", null, null), //
    XDS_LABEL(null, "--xds-label", "LABEL", null, null), //
    AUTHORITY(null, "--authority", "NAME", null, null), //
    CERT_DIR(null, "--cert-dir", "FOLDER", null, null), //
    TIMEOUT(null, "--timeout", "DURATION", null, null), //
    INSECURE(null, "--insecure", null, null, null), //
    PLAINTEXT(null, "--plaintext", null, null, null);

    private final @Nullable String shortName;
    private final String longName;
    private final @Nullable String parameter;
    private final @Nullable String defaultValue;
    private final @Nullable String help;

    Flag(@Nullable String shortName, String longName, @Nullable String parameter, @Nullable String defaultValue, @Nullable String help) {
        this.shortName = shortName;
        this.longName = longName;
        this.parameter = parameter;
        this.defaultValue = defaultValue;
        this.help = help;
    }

    /** With its dash; null where there is none. */
    public @Nullable String shortName() {
        return shortName;
    }

    /** With its dashes. */
    public String longName() {
        return longName;
    }

    /** What the value is called in the help; null for a switch, which takes none. */
    public @Nullable String parameter() {
        return parameter;
    }

    /** Null where the absence of the flag means something of its own. */
    public @Nullable String defaultValue() {
        return defaultValue;
    }

    /** One or two sentences; for a flag that has no effect and is accepted for compatibility only, a remark that says so. */
    public String help() {
        return help == null ? "Accepted for compatibility; without effect." : help;
    }

    /** Whether the help leaves it out. */
    public boolean isHidden() {
        return help == null || this == INJECT_CONFIG_MAP;
    }
}
