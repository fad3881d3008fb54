package dev.sidecarinjector.injection.transform;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A copy of a pod that shares with the original what no transform changes in place: the bulk of a large pod is never copied, and never compared
 * afterwards. A merge copies what it changes. What a {@link Transform} may change in place is copied here: metadata with its maps, the spec's
 * lists of containers, of each container its probes and hooks, and the containers that templates bring in full.
 */
final class DraftCopy {
    private DraftCopy() {}

    static ObjectNode of(ObjectNode pod) {
        ObjectNode copy = shallow(pod);
        ObjectNode metadata = PodTree.object(pod, PodTree.METADATA);
        if (metadata != null) {
            ObjectNode own = shallow(metadata);
            replace(own, "annotations", PodTree.object(metadata, "annotations"));
            replace(own, "labels", PodTree.object(metadata, "labels"));
            copy.set(PodTree.METADATA, own);
        }
        ObjectNode spec = PodTree.object(pod, PodTree.SPEC);
        if (spec != null) {
            ObjectNode own = shallow(spec);
            for (Kind kind : Kind.values()) {
                ArrayNode list = PodTree.list(spec, kind.field());
                if (list != null) {
                    own.set(kind.field(), containers(list));
                }
            }
            copy.set(PodTree.SPEC, own);
        }
        return copy;
    }

    private static ArrayNode containers(ArrayNode list) {
        ArrayNode copy = JsonNodeFactory.instance.arrayNode(list.size());
        for (JsonNode container : list) {
            copy.add(container instanceof ObjectNode object ? container(object) : container);
        }
        return copy;
    }

    private static ObjectNode container(ObjectNode container) {
        if (ProxyContainer.isOne(PodTree.text(container, PodTree.NAME))) {
            return container.deepCopy();
        }
        ObjectNode copy = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> field : container.properties()) {
            boolean changes = ProbePlace.isField(field.getKey());
            copy.set(field.getKey(), changes ? field.getValue().deepCopy() : field.getValue());
        }
        return copy;
    }

    private static void replace(ObjectNode parent, String field, @Nullable ObjectNode object) {
        if (object != null) {
            parent.set(field, shallow(object));
        }
    }

    private static ObjectNode shallow(ObjectNode object) {
        return JsonNodeFactory.instance.objectNode().setAll(object);
    }
}
