package dev.sidecarinjector.sidecarctl;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A cluster with a webhook and nothing else. */
record StubCluster(Cluster.Webhook webhook) implements Cluster {
    @Override
    public String configMapValue(String configMap, String key) {
        throw new CommandFailure("no ConfigMap " + configMap);
    }

    @Override
    public Webhook webhook(String revision) {
        return webhook;
    }

    @Override
    public @Nullable Map<String, String> nodes() {
        return null;
    }

    @Override
    public @Nullable List<ObjectNode> proxyConfigs(String namespace) {
        return List.of();
    }

    @Override
    public String namespace() {
        return "default";
    }

    @Override
    public @Nullable ObjectNode object(String path) {
        return null;
    }

    @Override
    public @Nullable ObjectNode readableObject(String path) {
        return null;
    }

    @Override
    public void close() {}
}
