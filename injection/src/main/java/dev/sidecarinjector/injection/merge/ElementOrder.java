package dev.sidecarinjector.injection.merge;

import dev.sidecarinjector.injection.schema.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** {@code $setElementOrder/list}: a list merge whose result stands in an order of the patch's own. */
final class ElementOrder {
    private ElementOrder() {}

    /**
     * The merged list in order.
     *
     * @param live  the live list, or null
     * @param patch the patch's list, or null; one of the two is there
     * @param order scalars, or objects with the list's key
     */
    static ArrayNode merge(@Nullable ArrayNode live, @Nullable ArrayNode patch, ArrayNode order, @Nullable Field field) {
        ElementKey key = new ElementKey(field);
        List<Object> wanted = new ArrayList<>(order.size());
        order.forEach(element -> wanted.add(key.ofPatch(element)));
        if (patch != null) {
            requireSameOrder(patch, wanted, key);
        }
        List<Object> liveKeys = new ArrayList<>();
        if (live != null) {
            live.forEach(element -> liveKeys.add(key.ofLive(element)));
        }
        ArrayNode merged = combine(live, patch, field);
        Arrangement arrangement = new Arrangement(Arrangement.places(liveKeys), Arrangement.places(wanted));
        merged.forEach(element -> arrangement.add(element, key.ofLive(element)));
        return ListMerge.listOf(arrangement.inOrder());
    }

    private static ArrayNode combine(@Nullable ArrayNode live, @Nullable ArrayNode patch, @Nullable Field field) {
        if (patch == null) {
            return live == null ? JsonNodeFactory.instance.arrayNode() : live;
        }
        if (live != null && field != null && field.merges()) {
            return ListMerge.merge(live, patch, field);
        }
        return Fresh.isNothing(patch, field) ? JsonNodeFactory.instance.arrayNode() : patch;
    }

    /** The patch's own elements must stand in the order that it asks for. */
    private static void requireSameOrder(ArrayNode patch, List<Object> wanted, ElementKey key) {
        Map<Object, Integer> places = Arrangement.places(wanted);
        int last = -1;
        for (JsonNode element : patch) {
            if (Directives.isMarked(element)) {
                continue;
            }
            Integer place = places.get(key.ofPatch(element));
            if (place == null || place <= last) {
                throw new MergeProblem("the patch's elements do not stand in the order of its $setElementOrder; sort them alike");
            }
            last = place;
        }
    }
}
