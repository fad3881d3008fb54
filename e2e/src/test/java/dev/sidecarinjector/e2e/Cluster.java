package dev.sidecarinjector.e2e;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The cluster that the tests work with: one of a single node that they start and end, or the one of {@code E2E_KUBECONFIG}, which must know the images
 * already.
 */
final class Cluster implements AutoCloseable {
    static final String WEBHOOK_REPOSITORY = "docker.io/sidecar-injector/sidecar-injector";
    static final String INIT_IMAGE = "docker.io/sidecar-injector/iptables-init:dev";
    static final String PROXY_IMAGE = "docker.io/local/proxy:1";
    static final String APPLICATION_IMAGE = "docker.io/local/web:1";
    static final String TAG = "dev";
    private static final int REQUEST_LIMIT = (int) Duration.ofMinutes(1).toMillis();
    private static final String GIVEN = System.getenv().getOrDefault("E2E_KUBECONFIG", "");
    private static final Path HOME = home(System.getenv());
    /** Beside the node that a person may have started. */
    private static final Map<String, String> ENVIRONMENT = Map.of("CLUSTER_HOME", HOME.toString(), "CLUSTER_NODE",
            HOME.resolve("e2e").toString(),
            "CLUSTER_OWNER", Long.toString(ProcessHandle.current().pid()));

    private final KubernetesClient client;
    private final String kubeconfig;

    private Cluster(String kubeconfig) {
        this.kubeconfig = kubeconfig;
        Config config = Config.fromKubeconfig(kubeconfig);
        // A crowd of pods on a busy machine takes longer than the client's ten seconds; what waits too long is for the API server to say.
        config.setRequestTimeout(REQUEST_LIMIT);
        config.setConnectionTimeout(REQUEST_LIMIT);
        this.client = new KubernetesClientBuilder().withConfig(config).build();
    }

    /** Why there can be no cluster here; empty where there can. */
    static Optional<String> obstacle() {
        if (!GIVEN.isEmpty()) {
            return Files.isReadable(Path.of(GIVEN))
                    ? Optional.empty()
                    : Optional.of("E2E_KUBECONFIG names " + GIVEN + ", which cannot be read");
        }
        if (!System.getProperty("os.name").equals("Linux") || !"root".equals(System.getProperty("user.name"))) {
            return Optional.of("a cluster of one node needs Linux and root; or set E2E_KUBECONFIG to that of another cluster");
        }
        if (!Files.exists(HOME.resolve("ready"))) {
            return Optional.of("no cluster is prepared in " + HOME + "; run e2e/cluster/setup once (five minutes), or set E2E_KUBECONFIG");
        }
        if (!jarsAreFresh()) {
            return Optional.of("the webhook's jars are missing or older than its classes; Maven's phase must be package or later");
        }
        return Optional.empty();
    }

    /** As the cluster's scripts have it. */
    private static Path home(Map<String, String> environment) {
        String cache = environment.getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache");
        return Path.of(environment.getOrDefault("CLUSTER_HOME", cache + "/one-node-cluster"));
    }

    /** The image is made of jars: with those of an earlier build, the tests would look at another program. */
    private static boolean jarsAreFresh() {
        Path webhook = Script.root().resolve("webhook/target");
        return isFresh(webhook, webhook) && Stream.of("injection", "gotemplate", "templates")
                .allMatch(module -> isFresh(webhook.resolve("lib"), Script.root().resolve(module + "/target")));
    }

    private static boolean isFresh(Path jars, Path target) {
        String module = target.getParent().getFileName().toString();
        try (Stream<Path> files = Files.list(jars); Stream<Path> classes = Files.walk(target.resolve("classes"))) {
            long newest = classes.filter(Files::isRegularFile).mapToLong(file -> file.toFile().lastModified()).max().orElse(0);
            return files.filter(file -> file.getFileName().toString().matches(module + "-[0-9].*\\.jar"))
                    .anyMatch(jar -> jar.toFile().lastModified() >= newest);
        } catch (IOException _) {
            return false;
        }
    }

    static Cluster start() throws IOException, InterruptedException {
        if (!GIVEN.isEmpty()) {
            return new Cluster(Files.readString(Path.of(GIVEN)));
        }
        Script.run(Map.of(), "images/build");
        Script.run(ENVIRONMENT, "e2e/cluster/up");
        Path images = Script.root().resolve("images/target");
        Script.run(ENVIRONMENT, "e2e/cluster/import-images", images.resolve("sidecar-injector.tar").toString(),
                images.resolve("iptables-init.tar").toString());
        return new Cluster(Files.readString(HOME.resolve("e2e/kubeconfig")));
    }

    /** What kubectl says, and with which status it ends. */
    Script.Result kubectl(String... arguments) throws IOException, InterruptedException {
        return Script.attempt(ENVIRONMENT, "e2e/cluster/kubectl", arguments);
    }

    KubernetesClient client() {
        return client;
    }

    String kubeconfig() {
        return kubeconfig;
    }

    String version() {
        return client.getKubernetesVersion().getGitVersion();
    }

    /** Whether the API server is ours to restart. */
    boolean isOurs() {
        return GIVEN.isEmpty();
    }

    /** Kills the API server and returns when the next one answers. */
    void restartApiServer() throws IOException, InterruptedException {
        Script.run(ENVIRONMENT, "e2e/cluster/restart-api-server");
    }

    @Override
    public void close() throws IOException {
        client.close();
        if (GIVEN.isEmpty()) {
            try {
                Script.run(ENVIRONMENT, "e2e/cluster/down");
            } catch (InterruptedException _) {
                // The cluster ends with this process anyway.
                Thread.currentThread().interrupt();
            }
        }
    }
}
