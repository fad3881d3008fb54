package dev.sidecarinjector.injection.merge;

import dev.sidecarinjector.injection.schema.Field;
import dev.sidecarinjector.injection.schema.StructType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Merges two lists whose elements are told apart by a key. */
final class ListMerge {
    private final ElementKey key;
    private final @Nullable StructType type;
    private final List<JsonNode> elements = new ArrayList<>();
    private final List<Object> keys = new ArrayList<>();

    private ListMerge(Field field) {
        key = new ElementKey(field);
        type = field.struct();
    }

    /** The merged list; neither the live one nor its elements change. */
    static ArrayNode merge(ArrayNode live, ArrayNode patch, Field field) {
        return new ListMerge(field).merge(live, patch);
    }

    /** The live list without some scalars. */
    static ArrayNode without(ArrayNode live, ArrayNode gone) {
        ElementKey scalar = new ElementKey(null);
        Set<Object> keys = new HashSet<>();
        gone.forEach(element -> keys.add(scalar.ofPatch(element)));
        List<JsonNode> kept = new ArrayList<>(live.size());
        live.forEach(element -> {
            if (!keys.contains(scalar.ofLive(element))) {
                kept.add(element);
            }
        });
        return listOf(kept);
    }

    static ArrayNode listOf(List<JsonNode> elements) {
        return JsonNodeFactory.instance.arrayNode(elements.size()).addAll(elements);
    }

    private ArrayNode merge(ArrayNode live, ArrayNode patch) {
        List<JsonNode> changes = new ArrayList<>(patch.size());
        Set<Object> deleted = new HashSet<>();
        boolean replace = separate(patch, changes, deleted);
        if (!replace) {
            for (JsonNode element : live) {
                Object itsKey = key.ofLive(element);
                if (!deleted.contains(itsKey)) {
                    elements.add(element);
                    keys.add(itsKey);
                }
            }
        }
        Map<Object, Integer> livePlaces = Arrangement.places(keys);
        Map<Object, Integer> patchPlaces = mergeElements(changes, new HashMap<>(livePlaces));
        Arrangement arrangement = replace ? new Arrangement(patchPlaces, Map.of()) : new Arrangement(livePlaces, patchPlaces);
        for (int i = 0; i < elements.size(); i++) {
            arrangement.add(elements.get(i), keys.get(i));
        }
        return listOf(arrangement.inOrder());
    }

    /** Sorts a patch's elements into changes and keys to delete; true where one says that the patch replaces the list. */
    private boolean separate(ArrayNode patch, List<JsonNode> changes, Set<Object> deleted) {
        boolean replace = false;
        for (JsonNode element : patch) {
            String marker = element instanceof ObjectNode object ? Directives.marker(object) : null;
            if (marker == null) {
                changes.add(element);
                continue;
            }
            switch (marker) {
                case "delete" -> deleted.add(key.ofPatch(element));
                case "replace" -> replace = true;
                default -> throw Directives.unknownMarker(marker);
            }
        }
        return replace;
    }

    /** Merges each change into the element of its key, or appends it. Gives the place of each key among the changes. */
    private Map<Object, Integer> mergeElements(List<JsonNode> changes, Map<Object, Integer> places) {
        Map<Object, Integer> order = HashMap.newHashMap(changes.size());
        for (int i = 0; i < changes.size(); i++) {
            JsonNode change = changes.get(i);
            try {
                Object itsKey = key.ofPatch(change);
                order.putIfAbsent(itsKey, i);
                Integer place = places.putIfAbsent(itsKey, elements.size());
                if (place == null) {
                    append(change, itsKey);
                } else if (change instanceof ObjectNode object && elements.get(place) instanceof ObjectNode element) {
                    ObjectNode merged = ObjectMerge.copy(element);
                    ObjectMerge.merge(merged, object, type);
                    elements.set(place, merged);
                }
            } catch (MergeProblem problem) {
                throw problem.under(step(change, i));
            }
        }
        return order;
    }

    private void append(JsonNode change, Object itsKey) {
        if (change instanceof ObjectNode object) {
            Fresh.clean(object, type);
        }
        elements.add(change);
        keys.add(itsKey);
    }

    private String step(JsonNode element, int index) {
        JsonNode name = element.get("name");
        return "[" + (name != null && name.isString() ? name.stringValue() : Integer.toString(index)) + "]";
    }
}
