package dev.sidecarinjector.sidecarctl;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where templates, values and mesh settings come from. */
final class ConfigurationFlags {
    @Option(names = "--injectConfigFile", paramLabel = "FILE", description = "Injection configuration with templates, or the text of the sidecar template alone.")
    @Nullable
    String injectConfigFile;

    @Option(names = "--valuesFile", paramLabel = "FILE", description = "Values that the templates read.")
    @Nullable
    String valuesFile;

    @Option(names = "--meshConfigFile", paramLabel = "FILE", description = "Mesh configuration.")
    @Nullable
    String meshConfigFile;

    @Option(names = "--operatorFileName", paramLabel = "FILE", description = "IstioOperator resource whose values and mesh configuration are used.")
    @Nullable
    String operatorFile;

    @Option(names = "--injectConfigMapName", paramLabel = "NAME", hidden = true, description = "ConfigMap with the injection configuration and the values (default: istio-sidecar-injector).")
    @Nullable
    String injectConfigMap;

    @Option(names = "--meshConfigMapName", paramLabel = "NAME", description = "ConfigMap with the mesh configuration (default: istio).")
    @Nullable
    String meshConfigMap;

    @Option(names = {"-r", "--revision"}, paramLabel = "REVISION", description = "Revision of the control plane.")
    @Nullable
    String revision;

    /** Empty for the default revision. */
    String revisionOrEmpty() {
        return revision == null || revision.equals("default") ? "" : revision;
    }
}
