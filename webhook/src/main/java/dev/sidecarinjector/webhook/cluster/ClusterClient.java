package dev.sidecarinjector.webhook.cluster;

import dev.sidecarinjector.injection.config.ConfigurationException;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** Connects to the API server: in a cluster with the pod's service account, whose token is read again when it is renewed, else by a kubeconfig. */
public final class ClusterClient {
    /** Milliseconds. Nothing of ours waits longer for one answer; a watch lasts until the API server ends it. */
    private static final int CONNECT = 5_000;
    private static final int REQUEST = 15_000;
    /** Milliseconds before the first new attempt of a watch; each further one waits twice as long, up to 32 times. */
    private static final int RETRY = 500;

    private ClusterClient() {}

    /**
     * Makes the client; nothing is sent yet.
     *
     * @param kubeconfig file of {@code --kubeconfig}, or null: then {@code KUBECONFIG}, {@code ~/.kube/config}, or the pod's service account
     * @param version    of this program, for the API server's log
     * @throws ConfigurationException where there is nothing to connect with
     */
    public static KubernetesClient connect(@Nullable Path kubeconfig, String version) {
        return connect(kubeconfig == null ? found() : read(kubeconfig), version);
    }

    static KubernetesClient connect(Config config, String version) {
        config.setConnectionTimeout(CONNECT);
        config.setRequestTimeout(REQUEST);
        // Watches repeat by themselves, leader election and Events too; a second layer would only make the waiting longer.
        config.setRequestRetryBackoffLimit(0);
        config.setWatchReconnectInterval(RETRY);
        // One way of watching, the one that the API server's own clients use.
        config.setOnlyHttpWatches(true);
        config.setUserAgent("sidecar-injector/" + version);
        return new KubernetesClientBuilder().withConfig(config).withTaskExecutor(Executors.newVirtualThreadPerTaskExecutor()).build();
    }

    private static Config read(Path kubeconfig) {
        if (!Files.isReadable(kubeconfig)) {
            throw new ConfigurationException(kubeconfig + ": cannot be read; --kubeconfig needs the file that kubectl uses");
        }
        try {
            return Config.fromKubeconfig(kubeconfig.toFile());
        } catch (KubernetesClientException | IllegalArgumentException e) {
            throw new ConfigurationException("the kubeconfig " + kubeconfig + " cannot be used: " + e.getMessage());
        }
    }

    private static Config found() {
        Config config = Config.autoConfigure(null);
        boolean inPod = System.getenv("KUBERNETES_SERVICE_HOST") != null;
        if (!inPod && config.getCurrentContext() == null) {
            throw new ConfigurationException(
                    "no cluster is known: this is no pod with a service account, and there is no kubeconfig; give one with --kubeconfig or KUBECONFIG");
        }
        return config;
    }
}
