package dev.sidecarinjector.sidecarctl.cluster;

import dev.sidecarinjector.sidecarctl.Cluster;
import dev.sidecarinjector.sidecarctl.ClusterSettings;
import dev.sidecarinjector.sidecarctl.CommandFailure;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds out whether a cluster is configured, without touching the client. */
public final class Kubeconfig implements Cluster.Access {
    @Override
    public @Nullable Cluster connect(ClusterSettings settings) {
        Path file = file(settings);
        if (file != null) {
            requireReadable(file);
            return KubernetesCluster.of(file, settings);
        }
        return settings.variables().containsKey("KUBERNETES_SERVICE_HOST") ? KubernetesCluster.inCluster(settings) : null;
    }

    private static @Nullable Path file(ClusterSettings settings) {
        if (settings.kubeconfig() != null) {
            return settings.kubeconfig();
        }
        String listed = settings.variables().getOrDefault("KUBECONFIG", "");
        for (String name : listed.split(File.pathSeparator, -1)) {
            if (!name.isEmpty() && Files.isRegularFile(Path.of(name))) {
                return Path.of(name);
            }
        }
        String home = settings.variables().get("HOME");
        Path usual = home == null ? null : Path.of(home, ".kube", "config");
        return listed.isEmpty() && usual != null && Files.isRegularFile(usual) ? usual : null;
    }

    private static void requireReadable(Path file) {
        if (!Files.isReadable(file)) {
            throw new CommandFailure("the kubeconfig " + file + " cannot be read");
        }
    }
}
