package dev.sidecarinjector.injection.transform;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The pod as templates see it: as it was before an earlier injection, as far as that can be known (spec 11.1). */
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
        JsonNode probers = Restoration.json(Env.value(ProxyContainer.find(draft.received()), AppProbers.VARIABLE));
        for (Kind kind : Kind.values()) {
            spec.set(kind.field(), containers(draft, status, kind, probers));
        }
        addProxy(draft.overrides(), spec);
        pod.set(PodTree.SPEC, spec);
        return pod;
    }

    private static ObjectNode annotations(PodDraft draft, @Nullable ObjectNode received) {
        ObjectNode annotations = shallow(received);
        annotations.remove(InjectionStatus.ANNOTATION);
        int statusPort = draft.circumstances().mesh().defaultConfig().statusPort();
        if (Integer.toString(statusPort).equals(PrometheusAnnotations.value(annotations, PrometheusAnnotations.PORT))) {
            PrometheusAnnotations.remove(annotations);
            ScrapeConfig.restore(annotations, Env.value(ProxyContainer.find(draft.received()), PrometheusMerge.VARIABLE));
        }
        return annotations;
    }

    /** What the injection brought goes; where its author had written it too, it is as its author wrote it. The proxy follows later. */
    private static ArrayNode containers(PodDraft draft, InjectionStatus status, Kind kind, JsonNode probers) {
        ArrayNode kept = JsonNodeFactory.instance.arrayNode();
        ArrayNode received = PodTree.list(draft.received(), kind);
        for (int i = 0; received != null && i < received.size(); i++) {
            JsonNode container = received.get(i);
            String name = PodTree.text(container, PodTree.NAME);
            if (name == null || !status.names(kind).contains(name)) {
                kept.add(name == null ? container : withOwnProbes(container, name, probers));
            } else if (!name.equals(ProxyContainer.NAME)) {
                ObjectNode recorded = draft.overrides().find(kind, name);
                if (recorded != null) {
                    kept.add(recorded);
                }
            }
        }
        ArrayNode recorded = draft.overrides().containers(kind);
        for (int i = 0; recorded != null && i < recorded.size(); i++) {
            String name = PodTree.text(recorded.get(i), PodTree.NAME);
            if (name != null && !name.equals(ProxyContainer.NAME) && PodTree.indexOf(kept, name) < 0) {
                kept.add(recorded.get(i));
            }
        }
        return kept;
    }

    /** A template that answers probes itself must see those that the author wrote. */
    private static JsonNode withOwnProbes(JsonNode container, String name, JsonNode probers) {
        ObjectNode own = null;
        for (ProbePlace place : ProbePlace.ALL) {
            String path = place.path(name);
            if (probers.path(path) instanceof ObjectNode recorded && Restoration.isRedirected(place.find(container), path)) {
                own = own == null ? (ObjectNode) container.deepCopy() : own;
                ObjectNode probe = place.find(own);
                if (probe != null) {
                    Restoration.restore(probe, recorded);
                }
            }
        }
        return own == null ? container : own;
    }

    /** Puts the author's own proxy back where it stood, if there was one. */
    static void addProxy(Overrides overrides, ObjectNode spec) {
        ObjectNode proxy = overrides.findAny(Kind.CONTAINER, ProxyContainer.NAME);
        ArrayNode regular = PodTree.needList(spec, Kind.CONTAINER.field());
        ArrayNode init = PodTree.needList(spec, Kind.INIT_CONTAINER.field());
        if (proxy == null || PodTree.indexOf(regular, ProxyContainer.NAME) >= 0 || PodTree.indexOf(init, ProxyContainer.NAME) >= 0) {
            return;
        }
        int position = overrides.proxyPosition(proxy, regular.size());
        if (position < 0) {
            init.add(proxy);
        } else {
            regular.insert(Math.min(position, regular.size()), proxy);
        }
    }

    private static ObjectNode shallow(@Nullable ObjectNode object) {
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        return object == null ? copy : copy.setAll(object);
    }
}
