package dev.sidecarinjector.sidecarctl.cluster;

import dev.sidecarinjector.sidecarctl.Cluster;
import dev.sidecarinjector.sidecarctl.ClusterSettings;
import dev.sidecarinjector.sidecarctl.CommandFailure;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A cluster through its API server. */
final class KubernetesCluster implements Cluster {
    static final int TIMEOUT_MILLIS = 5000;
    private static final String INJECTOR_WEBHOOK = "sidecar-injector.istio.io";
    private static final int FORBIDDEN = 403;

    private final KubernetesClient client;
    private final ClusterSettings settings;
    private final List<AutoCloseable> opened = new ArrayList<>();

    private KubernetesCluster(Config config, ClusterSettings settings) {
        config.setRequestTimeout(TIMEOUT_MILLIS);
        config.setConnectionTimeout(TIMEOUT_MILLIS);
        config.setRequestRetryBackoffLimit(0);
        client = new KubernetesClientBuilder().withConfig(config).build();
        this.settings = settings;
    }

    static Cluster of(List<Path> files, ClusterSettings settings) {
        Config config = new MergedKubeconfig(files).client(settings);
        try {
            return new KubernetesCluster(config, settings);
        } catch (KubernetesClientException | IllegalArgumentException e) {
            throw new CommandFailure("the kubeconfig " + files.getFirst() + " cannot be used: " + e.getMessage());
        }
    }

    static Cluster inCluster(ClusterSettings settings) {
        return new KubernetesCluster(Config.autoConfigure(settings.context()), settings);
    }

    @Override
    public String configMapValue(String configMap, String key) {
        String name = settings.istioNamespace() + "/" + configMap;
        ConfigMap found = ask("read ConfigMap " + name,
                () -> client.configMaps().inNamespace(settings.istioNamespace()).withName(configMap).get());
        if (found == null) {
            throw new CommandFailure("the cluster has no ConfigMap " + name + "; name the control plane with -i and -r, or give the"
                    + " configuration as files");
        }
        String value = found.getData() == null ? null : found.getData().get(key);
        if (value == null) {
            throw new CommandFailure("the ConfigMap " + name + " has no key " + key);
        }
        return value;
    }

    @Override
    public @Nullable Webhook webhook(String revision) {
        String label = revision.isEmpty() ? "default" : revision;
        var found = ask("list MutatingWebhookConfigurations", () -> readable(
                () -> client.admissionRegistration().v1().mutatingWebhookConfigurations().withLabel("istio.io/rev", label).list()
                        .getItems()));
        if (found == null) {
            return null;
        }
        for (var configuration : found) {
            for (MutatingWebhook webhook : configuration.getWebhooks()) {
                if (webhook.getName().endsWith(INJECTOR_WEBHOOK)) {
                    RemoteWebhook remote = new RemoteWebhook(client, webhook.getClientConfig(), settings);
                    opened.add(remote);
                    return remote;
                }
            }
        }
        return null;
    }

    @Override
    public @Nullable Map<String, String> nodes() {
        var found = ask("list Nodes", () -> readable(() -> client.nodes().list().getItems()));
        if (found == null) {
            return null;
        }
        Map<String, String> versions = new HashMap<>();
        found.forEach(node -> versions.put(node.getMetadata().getName(), node.getStatus().getNodeInfo().getKubeletVersion()));
        return versions;
    }

    @Override
    public @Nullable List<ObjectNode> proxyConfigs(String namespace) {
        return ask("list ProxyConfigs in " + namespace, () -> readable(() -> items(
                client.raw("/apis/networking.istio.io/v1beta1/namespaces/" + namespace + "/proxyconfigs"))));
    }

    private static List<ObjectNode> items(@Nullable String json) {
        List<ObjectNode> items = new ArrayList<>();
        ObjectNode list = tree(json);
        if (list != null) {
            for (JsonNode item : list.path("items")) {
                if (item instanceof ObjectNode object) {
                    items.add(object);
                }
            }
        }
        return items;
    }

    @Override
    public String namespace() {
        String namespace = client.getNamespace();
        return namespace == null || namespace.isEmpty() ? "default" : namespace;
    }

    @Override
    public @Nullable ObjectNode object(String path) {
        return tree(ask("read " + path, () -> client.raw(path)));
    }

    @Override
    public @Nullable ObjectNode readableObject(String path) {
        return tree(ask("read " + path, () -> readable(() -> client.raw(path))));
    }

    private static @Nullable ObjectNode tree(@Nullable String json) {
        return json != null && JsonMapper.shared().readTree(json) instanceof ObjectNode object ? object : null;
    }

    /** Null where the user has no right to read, which is no fault. */
    private static <T> @Nullable T readable(Supplier<@Nullable T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException e) {
            if (e.getCode() == FORBIDDEN) {
                return null;
            }
            throw e;
        }
    }

    private <T> @Nullable T ask(String what, Supplier<@Nullable T> call) {
        try {
            return call.get();
        } catch (KubernetesClientException e) {
            String reason = e.getCode() > 0
                    ? "answers " + e.getCode() + " (" + e.getStatus().getMessage() + ")"
                    : "cannot be reached (" + rootMessage(e) + ")";
            throw new CommandFailure("could not " + what + ": the cluster " + client.getMasterUrl() + " " + reason
                    + "; give --injectConfigFile, --valuesFile and --meshConfigFile, or use --offline for the shipped configuration");
        }
    }

    private static String rootMessage(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    @Override
    public void close() {
        for (AutoCloseable each : opened) {
            try {
                each.close();
            } catch (Exception _) {
                // the command is over
            }
        }
        client.close();
    }
}
