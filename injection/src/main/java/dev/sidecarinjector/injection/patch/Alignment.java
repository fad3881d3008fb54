package dev.sidecarinjector.injection.patch;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which elements of an old list are which of a new one. Objects are known by the field that names them, other elements by their content; the
 * largest set of them that stands in the same order in both stays, the others go and come. Time grows as n log n.
 */
final class Alignment {
    /** In the result of {@link #partners}: the element is not in the new list, or not in this order. */
    static final int GONE = -1;
    /** The merge keys of a pod's lists; where an object has several, the first tells it apart (a mount has a path and the name of its volume). */
    private static final String[] NAMES = {"mountPath", "devicePath", "containerPort", "name", "ip", "uid", "topologyKey"};

    private Alignment() {}

    /** For each old element its place in the new list, growing, or {@link #GONE}. */
    static int[] partners(ArrayNode before, ArrayNode after) {
        int[] partners = new int[before.size()];
        int end = Math.min(before.size(), after.size());
        int head = 0;
        while (head < end && isSameElement(before.get(head), after.get(head))) {
            partners[head] = head;
            head++;
        }
        int shift = after.size() - before.size();
        int tail = before.size();
        while (tail > head && tail + shift > head && isSameElement(before.get(tail - 1), after.get(tail - 1 + shift))) {
            tail--;
            partners[tail] = tail + shift;
        }
        if (tail == head || tail + shift == head) {
            Arrays.fill(partners, head, tail, GONE);
        } else {
            alignMiddle(before, after, head, tail, tail + shift, partners);
        }
        return partners;
    }

    /** Whether an object has a name of its own, so that another one at its place is another thing. */
    static boolean hasName(JsonNode element) {
        return name(element) != null;
    }

    private static void alignMiddle(ArrayNode before, ArrayNode after, int from, int to, int afterTo, int[] partners) {
        Map<Object, Integer> places = HashMap.newHashMap(afterTo - from);
        int[] sameLater = new int[afterTo - from];
        for (int j = afterTo - 1; j >= from; j--) {
            Integer later = places.put(identity(after.get(j)), j);
            sameLater[j - from] = later == null ? GONE : later;
        }
        for (int i = from; i < to; i++) {
            Object identity = identity(before.get(i));
            Integer place = places.get(identity);
            partners[i] = place == null ? GONE : place;
            if (place != null && sameLater[place - from] != GONE) {
                places.put(identity, sameLater[place - from]);
            } else if (place != null) {
                places.remove(identity);
            }
        }
        GrowingSequence.keepLongest(partners, from, to);
    }

    private static boolean isSameElement(JsonNode a, JsonNode b) {
        if (Sameness.shared(a, b)) {
            return true;
        }
        JsonNode name = name(a);
        JsonNode other = name(b);
        if (name == null || other == null) {
            return name == null && other == null && Sameness.same(a, b);
        }
        return Sameness.same(name, other);
    }

    private static Object identity(JsonNode element) {
        JsonNode name = name(element);
        JsonNode node = name == null ? element : name;
        return node.isIntegralNumber() && node.canConvertToLong() ? (Object) node.longValue() : node;
    }

    private static @Nullable JsonNode name(JsonNode element) {
        if (element instanceof ObjectNode object) {
            for (String field : NAMES) {
                JsonNode name = object.get(field);
                if (name != null && name.isValueNode()) {
                    return name;
                }
            }
        }
        return null;
    }
}
