package dev.sidecarinjector.injection.transform;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes the iptables container follow the user and group that the author gave to the proxy (spec 11.3). */
final class ProxyUser {
    private static final String USER = "runAsUser";
    private static final String GROUP = "runAsGroup";
    private static final String SECURITY = "securityContext";
    private static final String MODE_ANNOTATION = "sidecar.istio.io/interceptionMode";

    private ProxyUser() {}

    static void follow(PodDraft draft) {
        boolean tproxy = "TPROXY".equals(draft.circumstances().proxyConfig().interceptionMode())
                || "TPROXY".equals(draft.annotation(MODE_ANNOTATION));
        ObjectNode security = PodTree.object(authored(draft, tproxy), SECURITY);
        if (security == null || (security.get(USER) == null && security.get(GROUP) == null)) {
            return;
        }
        ArrayNode initContainers = PodTree.list(draft.pod(), Kind.INIT_CONTAINER);
        ObjectNode iptables = PodTree.named(initContainers, ProxyContainer.INIT);
        ObjectNode validation = iptables == null ? PodTree.named(initContainers, ProxyContainer.VALIDATION) : null;
        if (iptables == null && validation == null) {
            return;
        }
        JsonNode user = security.get(USER);
        ObjectNode proxy = draft.proxy();
        if (tproxy && user != null && proxy != null) {
            PodTree.needObject(proxy, SECURITY).put(USER, 0);
        }
        if (!tproxy && validation != null) {
            copy(security, PodTree.needObject(validation, SECURITY));
        }
        if (user != null && user.asLong(0) != 0) {
            replaceUserArgument(iptables != null ? iptables : validation, user.asString());
        }
    }

    /** The proxy's container as far as its author wrote it; null where it is the template's alone. */
    private static @Nullable ObjectNode authored(PodDraft draft, boolean tproxy) {
        for (Kind kind : Kind.values()) {
            if (draft.injected().of(kind).contains(ProxyContainer.NAME) && draft.broughtBefore(kind, ProxyContainer.NAME)) {
                return overridden(draft, kind, tproxy);
            }
        }
        return draft.assignedIdsDropped() ? null : ProxyContainer.find(draft.received());
    }

    private static @Nullable ObjectNode overridden(PodDraft draft, Kind kind, boolean tproxy) {
        ObjectNode recorded = draft.overrides().findAny(kind, ProxyContainer.NAME);
        ObjectNode received = PodTree.named(PodTree.list(draft.received(), kind), ProxyContainer.NAME);
        // With TPROXY the proxy on the pod runs as root, whatever its author asked for: only the record knows.
        return recorded == null || received == null || tproxy ? recorded : OverriddenFields.of(received, recorded);
    }

    private static void copy(ObjectNode from, ObjectNode to) {
        for (String field : new String[]{USER, GROUP}) {
            JsonNode value = from.get(field);
            if (value != null) {
                to.set(field, value);
            }
        }
    }

    private static void replaceUserArgument(@Nullable ObjectNode container, String user) {
        ArrayNode args = PodTree.list(container, "args");
        for (int i = 0; args != null && i + 1 < args.size(); i++) {
            if ("-u".equals(args.get(i).asString(""))) {
                args.set(i + 1, user);
                return;
            }
        }
    }
}
