package dev.sidecarinjector.injection.transform;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Where a container may ask the kubelet for a request, and the path under which the agent makes it instead. */
enum ProbePlace {
    READINESS("readinessProbe", "readyz"), LIVENESS("livenessProbe", "livez"), STARTUP("startupProbe", "startupz"), PRE_STOP("preStop",
            "prestopz"), POST_START("postStart", "poststartz");

    static final ProbePlace[] ALL = values();

    private final String field;
    private final String suffix;

    ProbePlace(String field, String suffix) {
        this.field = field;
        this.suffix = suffix;
    }

    boolean isHook() {
        return this == PRE_STOP || this == POST_START;
    }

    @Nullable
    ObjectNode find(JsonNode container) {
        return PodTree.object(isHook() ? container.get("lifecycle") : container, field);
    }

    String path(String container) {
        return (isHook() ? "/app-lifecycle/" : "/app-health/") + container + '/' + suffix;
    }
}
