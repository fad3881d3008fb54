package dev.sidecarinjector.injection.transform;

import dev.sidecarinjector.injection.InjectionContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** User and group ids on OpenShift, which gives each namespace a range of its own (spec 12.8). */
public final class OpenShift {
    private static final String UID_RANGE = "openshift.io/sa.scc.uid-range";
    private static final String GROUPS = "openshift.io/sa.scc.supplemental-groups";
    private static final long DEFAULT_ID = 1337;

    private OpenShift() {}

    /** Ids that the proxy runs with. */
    public record Ids(long uid, long gid) {
        /** Where no platform assigns any. */
        public static final Ids DEFAULT = new Ids(DEFAULT_ID, DEFAULT_ID);
    }

    /** The ids for a namespace: the ends of its ranges; 1337 where one cannot be read. */
    public static Ids ids(@Nullable Map<String, String> namespaceAnnotations) {
        if (namespaceAnnotations == null) {
            return Ids.DEFAULT;
        }
        String uidRange = namespaceAnnotations.get(UID_RANGE);
        String groups = namespaceAnnotations.get(GROUPS);
        return new Ids(end(uidRange), end(groups == null || groups.isEmpty() ? uidRange : groups));
    }

    /**
     * To be called before the first template on this platform: where the author's own proxy container carries the ids that OpenShift
     * assigned to the whole pod, they are taken from it and do not count as the author's wish.
     */
    public static void dropAssignedIds(PodDraft draft) {
        Circumstances circumstances = draft.circumstances();
        ObjectNode proxy = draft.proxy();
        if (!circumstances.configuration().features().openshift() || circumstances.context().view() != InjectionContext.View.WEBHOOK
                || proxy == null || PodTree.object(proxy, "securityContext") == null) {
            return;
        }
        long proxyUser = 0;
        long applicationUser = 0;
        for (Kind kind : Kind.values()) {
            ArrayNode list = PodTree.list(draft.pod(), kind);
            for (int i = 0; list != null && i < list.size(); i++) {
                JsonNode user = list.get(i).path("securityContext").path("runAsUser");
                switch (PodTree.text(list.get(i), PodTree.NAME)) {
                    case ProxyContainer.NAME -> proxyUser = user.asLong(proxyUser);
                    case ProxyContainer.INIT, ProxyContainer.VALIDATION -> {
                    }
                    case null, default -> applicationUser = user.asLong(applicationUser);
                }
            }
        }
        if (proxyUser == applicationUser) {
            dropIds(proxy);
            draft.assignedIdsWereDropped();
        }
    }

    static void dropIds(ObjectNode container) {
        ObjectNode security = PodTree.object(container, "securityContext");
        if (security != null) {
            security.remove("runAsUser");
            security.remove("runAsGroup");
        }
    }

    /** The last id of the first block: {@code start/size} or {@code start-end}. */
    private static long end(@Nullable String range) {
        if (range == null) {
            return DEFAULT_ID;
        }
        int comma = range.indexOf(',');
        String block = comma < 0 ? range : range.substring(0, comma);
        int slash = block.indexOf('/');
        int split = slash >= 0 ? slash : block.indexOf('-');
        if (split < 0) {
            return DEFAULT_ID;
        }
        try {
            long start = Long.parseLong(block.substring(0, split).trim());
            long second = Long.parseLong(block.substring(split + 1).trim());
            long end = slash >= 0 ? Math.addExact(start, second - 1) : second;
            return start < 0 || end < start ? DEFAULT_ID : end;
        } catch (NumberFormatException | ArithmeticException _) {
            return DEFAULT_ID;
        }
    }
}
