package dev.sidecarinjector.injection.transform;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where a container may ask the kubelet for a request, and the path under which the agent makes it instead. */
enum ProbePlace {
    READINESS("readinessProbe", "readyz"), LIVENESS("livenessProbe", "livez"), STARTUP("startupProbe", "startupz"), PRE_STOP("preStop",
            "prestopz"), POST_START("postStart", "poststartz");

    static final ProbePlace[] ALL = values();

    private static final String HOOKS = "lifecycle";
    private final String field;
    private final String suffix;

    ProbePlace(String field, String suffix) {
        this.field = field;
        this.suffix = suffix;
    }

    boolean isHook() {
        return this == PRE_STOP || this == POST_START;
    }

    /** Whether such a place lies in or under this field of a container. */
    static boolean isField(String name) {
        for (ProbePlace place : ALL) {
            if (name.equals(place.isHook() ? HOOKS : place.field)) {
                return true;
            }
        }
        return false;
    }

    @Nullable
    ObjectNode find(JsonNode container) {
        return PodTree.object(isHook() ? container.get(HOOKS) : container, field);
    }

    String path(String container) {
        return (isHook() ? "/app-lifecycle/" : "/app-health/") + container + '/' + suffix;
    }
}
