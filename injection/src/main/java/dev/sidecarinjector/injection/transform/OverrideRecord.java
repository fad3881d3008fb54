package dev.sidecarinjector.injection.transform;

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

    /** Records a container, unless an earlier injection knew it. */
    void add(PodDraft draft, Kind kind, String name, ObjectNode container) {
        if (draft.receivedStatus() == null || isNew(draft, name)) {
            of(kind).add(json(container));
        }
    }

    /** Writes the annotation, what an earlier injection recorded in front. Nothing recorded: nothing is written. */
    void write(PodDraft draft) {
        if (containers.isEmpty() && initContainers.isEmpty()) {
            return;
        }
        if (draft.receivedStatus() != null) {
            for (Kind kind : Kind.values()) {
                keepRecorded(draft.overrides().containers(kind), of(kind));
            }
        }
        StringBuilder out = new StringBuilder(256).append('{');
        for (Kind kind : Kind.values()) {
            if (!of(kind).isEmpty()) {
                out.append(out.length() > 1 ? ",\"" : "\"").append(kind.field()).append("\":[").append(String.join(",", of(kind)))
                        .append(']');
            }
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

    private static void keepRecorded(@Nullable ArrayNode recorded, List<String> list) {
        int position = 0;
        for (JsonNode container : recorded == null ? List.<JsonNode>of() : recorded.values()) {
            list.add(position++, json(container));
        }
    }

    private List<String> of(Kind kind) {
        return switch (kind) {
            case CONTAINER -> containers;
            case INIT_CONTAINER -> initContainers;
        };
    }

    private static String json(JsonNode container) {
        StringBuilder out = new StringBuilder(128);
        JsonText.append(out, container);
        return out.toString();
    }
}
