package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.config.EffectiveProxyConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** ProxyConfig resources, where a cluster is used anyway; a namespace is asked for when a pod in it is injected, and once. */
final class ProxyConfigs {
    private final Supplier<@Nullable Cluster> used;
    private final String root;
    private final Messages messages;
    private final Map<String, List<ObjectNode>> known = new ConcurrentHashMap<>();

    /**
     * @param used the cluster that the command uses; null where it uses none
     * @param root the namespace whose resources hold for the whole mesh
     */
    ProxyConfigs(Supplier<@Nullable Cluster> used, String root, Messages messages) {
        this.used = used;
        this.root = root;
        this.messages = messages;
    }

    /** What the engine wants to know for a pod in a namespace. */
    List<ObjectNode> of(String namespace) {
        List<ObjectNode> own = in(namespace);
        if (namespace.equals(root)) {
            return own;
        }
        List<ObjectNode> all = new ArrayList<>(in(root));
        all.addAll(own);
        return all;
    }

    private List<ObjectNode> in(String namespace) {
        Cluster cluster = used.get();
        return cluster == null || namespace.isEmpty() ? List.of() : known.computeIfAbsent(namespace, _ -> read(cluster, namespace));
    }

    private List<ObjectNode> read(Cluster cluster, String namespace) {
        List<ObjectNode> found = cluster.proxyConfigs(namespace);
        if (found == null) {
            messages.note("the ProxyConfig resources of the namespace " + namespace
                    + " may not be read; where there are some, the cluster's webhook gives other settings");
            return List.of();
        }
        List<ObjectNode> usable = new ArrayList<>();
        for (ObjectNode resource : found) {
            String problem = EffectiveProxyConfig.problem(resource);
            if (problem == null) {
                usable.add(resource);
            } else {
                messages.notice("the ProxyConfig " + namespace + "/" + resource.path("metadata").path("name").asString("")
                        + " cannot be used and is left out: " + problem);
            }
        }
        return List.copyOf(usable);
    }
}
