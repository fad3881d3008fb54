package dev.sidecarinjector.webhook;

import dev.sidecarinjector.webhook.observe.ProcessMetrics;
import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote down. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[]{"sidecar-injector " + ProcessMetrics.version()};
    }
}
