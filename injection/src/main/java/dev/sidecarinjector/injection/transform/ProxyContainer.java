package dev.sidecarinjector.injection.transform;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The sidecar's own container and its companions, by their well-known names. */
public final class ProxyContainer {
    static final String NAME = "istio-proxy";
    static final String INIT = "istio-init";
    static final String VALIDATION = "istio-validation";
    static final String CORE_DUMP = "enable-core-dump";

    private ProxyContainer() {}

    /** Whether a container has one of these names. */
    static boolean isOne(@Nullable String name) {
        return NAME.equals(name) || INIT.equals(name) || VALIDATION.equals(name) || CORE_DUMP.equals(name);
    }

    /** The container {@code istio-proxy} of a pod: looked for under containers, then under initContainers; null where there is none. */
    public static @Nullable ObjectNode find(ObjectNode pod) {
        ObjectNode regular = PodTree.named(PodTree.list(pod, Kind.CONTAINER), NAME);
        return regular != null ? regular : PodTree.named(PodTree.list(pod, Kind.INIT_CONTAINER), NAME);
    }
}
