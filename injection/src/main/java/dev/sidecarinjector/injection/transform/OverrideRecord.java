package dev.sidecarinjector.injection.transform;

import dev.sidecarinjector.injection.schema.GoJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Collects the author's containers that went over a template's, for the annotation {@code proxy.istio.io/overrides}. */
final class OverrideRecord {
    private final List<String> containers = new ArrayList<>(2);
    private final List<String> initContainers = new ArrayList<>(2);
    private @Nullable Integer proxyPosition;

    /** Records a container, unless an earlier injection knew it. */
    void add(PodDraft draft, Kind kind, String name, ObjectNode container) {
        if (draft.receivedStatus() != null && !isNew(draft, name)) {
            return;
        }
        of(kind).add(json(container));
        if (name.equals(ProxyContainer.NAME) && !container.path("ports").isEmpty()) {
            ArrayNode regular = PodTree.list(draft.received(), Kind.CONTAINER);
            int position = PodTree.indexOf(regular, name);
            int others = regular == null ? 0 : position < 0 ? regular.size() : regular.size() - 1;
            proxyPosition = position == Overrides.usualPosition(container, others) ? null : position;
        }
    }

    /** Writes the annotation, what an earlier injection recorded in front. Nothing recorded: nothing is written. */
    void write(PodDraft draft) {
        if (containers.isEmpty() && initContainers.isEmpty()) {
            return;
        }
        if (draft.receivedStatus() != null) {
            keepRecorded(draft.overrides());
        }
        StringBuilder out = new StringBuilder(256).append('{');
        for (Kind kind : Kind.values()) {
            if (!of(kind).isEmpty()) {
                out.append(out.length() > 1 ? ",\"" : "\"").append(kind.field()).append("\":[").append(String.join(",", of(kind)))
                        .append(']');
            }
        }
        if (proxyPosition != null) {
            out.append(",\"").append(Overrides.PROXY_POSITION).append("\":").append(proxyPosition);
        }
        draft.annotations().put(Overrides.ANNOTATION, out.append('}').toString());
    }

    /** Not where a pod changes from one kind of sidecar to the other: that proxy is the earlier injection's, not the author's. */
    private static boolean isNew(PodDraft draft, String name) {
        for (Kind kind : Kind.values()) {
            if (draft.broughtBefore(kind, name) || draft.overrides().find(kind, name) != null) {
                return false;
            }
        }
        return true;
    }

    private void keepRecorded(Overrides overrides) {
        for (Kind kind : Kind.values()) {
            ArrayNode recorded = overrides.containers(kind);
            for (int i = 0; recorded != null && i < recorded.size(); i++) {
                of(kind).add(i, json(recorded.get(i)));
            }
        }
        proxyPosition = proxyPosition == null ? overrides.proxyPosition() : proxyPosition;
    }

    private List<String> of(Kind kind) {
        return switch (kind) {
            case CONTAINER -> containers;
            case INIT_CONTAINER -> initContainers;
        };
    }

    private static String json(JsonNode container) {
        return GoJson.ordered(container, "Container");
    }
}
