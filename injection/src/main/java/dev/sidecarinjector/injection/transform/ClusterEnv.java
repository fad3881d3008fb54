package dev.sidecarinjector.injection.transform;

import java.util.Map;
import java.util.SortedMap;
import tools.jackson.databind.node.ObjectNode;

/** Tells the proxy its cluster, its network and what the webhook's URL adds, as variables at the end of its list (spec 12.1). */
public final class ClusterEnv implements Transform {
    @Override
    public void apply(PodDraft draft) {
        ObjectNode proxy = draft.proxy();
        if (proxy != null) {
            append(proxy, draft.circumstances().proxyEnv());
        }
    }

    /** Removes variables of these names and appends them in the order of their names. */
    public static void append(ObjectNode container, SortedMap<String, String> variables) {
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            Env.move(container, variable.getKey(), variable.getValue());
        }
    }
}
