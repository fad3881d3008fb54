package dev.sidecarinjector.injection.transform;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The pod as templates see it: without what an earlier injection brought (spec 11.1). */
public final class Stripped {
    private Stripped() {}

    /**
     * The pod as it came where no injection was recorded on it: the very same tree. Else a tree that shares its parts with it. Neither may
     * be modified.
     *
     * @throws dev.sidecarinjector.injection.InjectionException where the recorded overrides are malformed
     */
    public static ObjectNode of(PodDraft draft) {
        InjectionStatus status = draft.receivedStatus();
        if (status == null) {
            return draft.received();
        }
        ObjectNode pod = shallow(draft.received());
        ObjectNode metadata = shallow(PodTree.object(pod, PodTree.METADATA));
        metadata.set("annotations", annotations(draft, PodTree.object(metadata, "annotations")));
        pod.set(PodTree.METADATA, metadata);
        ObjectNode spec = shallow(PodTree.object(pod, PodTree.SPEC));
        for (Kind kind : Kind.values()) {
            spec.set(kind.field(), containers(draft, status, kind));
        }
        pod.set(PodTree.SPEC, spec);
        return pod;
    }

    private static ObjectNode annotations(PodDraft draft, @Nullable ObjectNode received) {
        ObjectNode annotations = shallow(received);
        annotations.remove(InjectionStatus.ANNOTATION);
        PrometheusAnnotations.removeMerged(annotations, draft.circumstances().mesh().defaultConfig().statusPort());
        return annotations;
    }

    /** What the injection brought goes; what its author had written comes back, at the end. */
    private static ArrayNode containers(PodDraft draft, InjectionStatus status, Kind kind) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        ArrayNode received = PodTree.list(draft.received(), kind);
        for (int i = 0; received != null && i < received.size(); i++) {
            String name = PodTree.text(received.get(i), PodTree.NAME);
            if (name == null || !status.names(kind).contains(name)) {
                kept.add(received.get(i));
            }
        }
        addRecorded(draft, kind, kind, kept);
        if (kind == Kind.CONTAINER) {
            addRecorded(draft, Kind.INIT_CONTAINER, kind, kept);
        }
        return kept;
    }

    private static void addRecorded(PodDraft draft, Kind from, Kind to, ArrayNode kept) {
        ArrayNode recorded = draft.overrides().containers(from);
        for (int i = 0; recorded != null && i < recorded.size(); i++) {
            JsonNode container = recorded.get(i);
            String name = PodTree.text(container, PodTree.NAME);
            if (name != null && home(from, name) == to && PodTree.indexOf(kept, name) < 0) {
                kept.add(container);
            }
        }
    }

    /** Authors write the proxy under containers, also where a native sidecar is made of it. */
    private static Kind home(Kind recorded, String name) {
        return name.equals(ProxyContainer.NAME) ? Kind.CONTAINER : recorded;
    }

    private static ObjectNode shallow(@Nullable ObjectNode object) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        return object == null ? copy : copy.setAll(object);
    }
}
