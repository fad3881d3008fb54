package dev.sidecarinjector.injection.transform;

import dev.sidecarinjector.injection.config.Configuration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Lets the kubelet probe the agent instead of the application, and tells the agent how to probe the application (spec 12.5): the kubelet
 * has no certificate of the mesh.
 */
public final class ProbeRewrite implements Transform {
    static final String SWITCH = "sidecar.istio.io/rewriteAppHTTPProbers";
    static final String PORT_ANNOTATION = "status.sidecar.istio.io/port";

    @Override
    public void apply(PodDraft draft) {
        Configuration configuration = draft.circumstances().configuration();
        ObjectNode proxy = draft.proxy();
        if (proxy == null || !enabled(configuration.values().flag(false, "sidecarInjectorWebhook", "rewriteAppHTTPProbe"),
                draft.annotation(SWITCH))) {
            return;
        }
        int agentPort = draft.circumstances().mesh().defaultConfig().statusPort();
        AppProbers probers = rewrite(draft.pod(), agentPort, agentPort(draft, agentPort));
        probers.tell(proxy, draft::warn);
    }

    /** Whether probes are rewritten: the annotation decides where it is a boolean, else the values do. */
    public static boolean enabled(boolean values, @Nullable String annotation) {
        Boolean asked = GoBoolean.parse(annotation);
        return asked != null ? asked : values;
    }

    /**
     * Rewrites the probes and hooks of all containers but the proxy, in place.
     *
     * @param meshPort  a probe of this port was rewritten before
     * @param agentPort where the agent answers
     * @return how the agent probes the application
     */
    public static AppProbers rewrite(ObjectNode pod, int meshPort, int agentPort) {
        AppProbers probers = new AppProbers();
        rewrite(PodTree.list(pod, Kind.INIT_CONTAINER), probers, meshPort, agentPort);
        rewrite(PodTree.list(pod, Kind.CONTAINER), probers, meshPort, agentPort);
        return probers;
    }

    private static void rewrite(@Nullable ArrayNode containers, AppProbers probers, int meshPort, int agentPort) {
        for (int i = 0; containers != null && i < containers.size(); i++) {
            JsonNode container = containers.get(i);
            String name = PodTree.text(container, PodTree.NAME);
            if (name != null && !name.equals(ProxyContainer.NAME)) {
                for (ProbePlace place : ProbePlace.ALL) {
                    ObjectNode probe = place.find(container);
                    if (probe != null) {
                        String path = place.path(name);
                        probers.record(path, probe, container, place, meshPort, agentPort);
                        ProbeAction.redirect(probe, path, agentPort, place.isHook());
                    }
                }
            }
        }
    }

    private static int agentPort(PodDraft draft, int meshPort) {
        String port = draft.annotation(PORT_ANNOTATION);
        if (port == null) {
            return meshPort;
        }
        try {
            return Integer.parseInt(port.strip());
        } catch (NumberFormatException _) {
            draft.warn("\"" + port + "\" is not a port, so probes go to the mesh's port " + meshPort, PORT_ANNOTATION,
                    "give a number from 0 to 65535");
            return meshPort;
        }
    }
}
