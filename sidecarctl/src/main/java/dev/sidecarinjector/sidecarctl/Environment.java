package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.sidecarctl.cluster.Kubeconfig;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a command sees of the world besides its arguments and streams.
 *
 * @param variables environment variables
 * @param directory what relative file names start from
 * @param terminal  whether a person watches stderr
 * @param nodes     kubelet versions by node name that stand for a cluster's, or null
 * @param clusters  the way to a cluster; asked only for what no file gives
 */
public record Environment(Map<String, String> variables, Path directory, boolean terminal, @Nullable Map<String, String> nodes,
        Cluster.Access clusters) {
    /** The process's own. */
    public static Environment ofProcess() {
        return new Environment(System.getenv(), Path.of(""), Boolean.getBoolean("sidecarctl.terminal"), null,
                new Kubeconfig());
    }

    /** Files of one folder, and nothing else: no variables, no cluster. */
    public static Environment of(Path directory) {
        return new Environment(Map.of(), directory, false, null, _ -> null);
    }

    public Environment withVariables(Map<String, String> variables) {
        return new Environment(variables, directory, terminal, nodes, clusters);
    }

    public Environment withNodes(Map<String, String> nodes) {
        return new Environment(variables, directory, terminal, nodes, clusters);
    }

    public Environment withClusters(Cluster.Access clusters) {
        return new Environment(variables, directory, terminal, nodes, clusters);
    }

    String variable(String name) {
        return variables.getOrDefault(name, "");
    }

    /** A file that may be named relative to the working directory. */
    public Path file(String name) {
        return directory.resolve(name);
    }
}
