package dev.sidecarinjector.webhook.admission;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What is known about the cluster at this moment; answers from memory and never waits. */
public interface ClusterView {
    /** No cluster at all. */
    ClusterView NONE = new ClusterView() {
        @Override
        public @Nullable Map<String, String> nodes() {
            return null;
        }

        @Override
        public @Nullable Map<String, String> namespaceAnnotations(String namespace) {
            return null;
        }

        @Override
        public List<ObjectNode> proxyConfigs(String namespace) {
            return List.of();
        }
    };

    /** Kubelet versions by node name, or null where they are not known: no nodes at all are another thing (spec section 7.4). */
    @Nullable
    Map<String, String> nodes();

    /** The annotations of a namespace, or null where it is not known. */
    @Nullable
    Map<String, String> namespaceAnnotations(String namespace);

    /** ProxyConfig resources of the root namespace and of this one. */
    List<ObjectNode> proxyConfigs(String namespace);
}
