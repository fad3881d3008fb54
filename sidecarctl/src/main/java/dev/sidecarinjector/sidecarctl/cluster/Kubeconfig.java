package dev.sidecarinjector.sidecarctl.cluster;

import dev.sidecarinjector.sidecarctl.Cluster;
import dev.sidecarinjector.sidecarctl.ClusterSettings;
import dev.sidecarinjector.sidecarctl.CommandFailure;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds out whether a cluster is configured, without touching the client. */
public final class Kubeconfig implements Cluster.Access {
    @Override
    public @Nullable Cluster connect(ClusterSettings settings) {
        List<Path> files = files(settings);
        if (!files.isEmpty()) {
            files.forEach(Kubeconfig::requireReadable);
            return KubernetesCluster.of(files, settings);
        }
        return settings.variables().containsKey("KUBERNETES_SERVICE_HOST") ? KubernetesCluster.inCluster(settings) : null;
    }

    /** As kubectl has it: the flag's file alone; else those that the variable lists, of which some may be missing; else the usual one. */
    private static List<Path> files(ClusterSettings settings) {
        if (settings.kubeconfig() != null) {
            return List.of(settings.kubeconfig());
        }
        String listed = settings.variables().getOrDefault("KUBECONFIG", "");
        if (!listed.isEmpty()) {
            return Arrays.stream(listed.split(File.pathSeparator, -1)).filter(name -> !name.isEmpty()).map(Path::of).distinct()
                    .filter(Files::exists).toList();
        }
        String home = settings.variables().get("HOME");
        Path usual = home == null ? null : Path.of(home, ".kube", "config");
        return usual != null && Files.isRegularFile(usual) ? List.of(usual) : List.of();
    }

    private static void requireReadable(Path file) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new CommandFailure("the kubeconfig " + file + " cannot be read");
        }
    }
}
