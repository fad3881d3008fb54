package dev.sidecarinjector.injection.transform;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * On a pod that was injected before, puts lists back into the order in which they came wherever the templates bring the same as then: a
 * merge and the transforms move elements that are there already.
 */
final class StableOrder implements Transform {
    private static final String[] CONTAINER_LISTS = {"env", "ports", "volumeMounts", "volumeDevices"};

    @Override
    public void apply(PodDraft draft) {
        InjectionStatus status = draft.receivedStatus();
        if (status == null) {
            return;
        }
        for (Kind kind : Kind.values()) {
            for (String name : draft.injected().of(kind)) {
                if (draft.broughtBefore(kind, name)) {
                    restoreContainer(draft, kind, name);
                }
            }
            // The transforms write to the proxy even where no template names it in this list.
            restoreContainer(draft, kind, ProxyContainer.NAME);
        }
        InjectedNames now = draft.injected();
        restoreSpec(draft, "containers", status.containers(), now.containers());
        restoreSpec(draft, "initContainers", status.initContainers(), now.initContainers());
        restoreSpec(draft, "volumes", status.volumes(), now.volumes());
        restoreSpec(draft, "imagePullSecrets", status.imagePullSecrets(), now.imagePullSecrets());
    }

    private static void restoreSpec(PodDraft draft, String list, List<String> before, List<String> now) {
        if (before.equals(now)) {
            restore(PodTree.list(draft.received().get(PodTree.SPEC), list), PodTree.list(draft.pod().get(PodTree.SPEC), list),
                    PodTree.NAME);
        }
    }

    private static void restoreContainer(PodDraft draft, Kind kind, String name) {
        ObjectNode received = PodTree.named(PodTree.list(draft.received(), kind), name);
        ObjectNode container = PodTree.named(PodTree.list(draft.pod(), kind), name);
        for (String list : CONTAINER_LISTS) {
            String key = OverriddenFields.mergeKey(list);
            if (key != null) {
                restore(PodTree.list(received, list), PodTree.list(container, list), key);
            }
        }
    }

    /** Only where both lists hold the same keys, each once. */
    private static void restore(@Nullable ArrayNode received, @Nullable ArrayNode list, String key) {
        if (received == null || list == null || received.size() != list.size() || isInOrder(received, list, key)) {
            return;
        }
        Map<String, JsonNode> byKey = HashMap.newHashMap(list.size());
        for (JsonNode element : list) {
            String value = PodTree.text(element, key);
            if (value != null) {
                byKey.put(value, element);
            }
        }
        JsonNode[] ordered = new JsonNode[list.size()];
        for (int i = 0; i < ordered.length; i++) {
            String value = PodTree.text(received.get(i), key);
            JsonNode element = value == null ? null : byKey.remove(value);
            if (element == null) {
                return;
            }
            ordered[i] = element;
        }
        list.removeAll();
        list.addAll(List.of(ordered));
    }

    private static boolean isInOrder(ArrayNode received, ArrayNode list, String key) {
        for (int i = 0; i < list.size(); i++) {
            String value = PodTree.text(list.get(i), key);
            if (value == null || !value.equals(PodTree.text(received.get(i), key))) {
                return false;
            }
        }
        return true;
    }
}
