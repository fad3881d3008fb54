package dev.sidecarinjector.injection.transform;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/** Puts the injected containers where they must start (spec 12.7). */
public final class ContainerOrder implements Transform {
    @Override
    public void apply(PodDraft draft) {
        ArrayNode containers = PodTree.list(draft.pod(), Kind.CONTAINER);
        if (containers != null) {
            move(containers, ProxyContainer.NAME, holdsApplication(draft));
        }
        ArrayNode initContainers = PodTree.list(draft.pod(), Kind.INIT_CONTAINER);
        if (initContainers == null) {
            return;
        }
        if (PodTree.indexOf(initContainers, ProxyContainer.NAME) >= 0) {
            move(initContainers, ProxyContainer.CORE_DUMP, true);
            move(initContainers, ProxyContainer.NAME, true);
            move(initContainers, ProxyContainer.VALIDATION, true);
            move(initContainers, ProxyContainer.INIT, true);
        } else {
            // Validation tells early that redirection fails; the rules themselves are set once the author's init containers are done.
            move(initContainers, ProxyContainer.VALIDATION, true);
            move(initContainers, ProxyContainer.INIT, false);
            move(initContainers, ProxyContainer.CORE_DUMP, false);
        }
    }

    /** Whether the application waits for the proxy: the proxy's settings or the values ask for it. */
    private static boolean holdsApplication(PodDraft draft) {
        Circumstances circumstances = draft.circumstances();
        return circumstances.proxyConfig().holdApplicationUntilProxyStarts()
                || circumstances.configuration().values().flag(false, "global", "proxy", "holdApplicationUntilProxyStarts");
    }

    /** Of several containers of that name the last one stays. */
    private static void move(ArrayNode list, String name, boolean first) {
        JsonNode last = null;
        for (int i = list.size() - 1; i >= 0; i--) {
            if (name.equals(PodTree.text(list.get(i), PodTree.NAME))) {
                JsonNode removed = list.remove(i);
                last = last == null ? removed : last;
            }
        }
        if (last != null) {
            list.insert(first ? 0 : list.size(), last);
        }
    }
}
