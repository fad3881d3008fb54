package dev.sidecarinjector.injection.merge;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The order of a merged list: elements that the patch names stand in the patch's order, the others in the live one's. Where both sorts meet,
 * a live-only element goes first only when the other one is live too and came later; else the patch's element goes first.
 */
final class Arrangement {
    private static final int ABSENT = -1;
    private final Map<Object, Integer> live;
    private final Map<Object, Integer> patch;
    private final List<Item> ofPatch = new ArrayList<>();
    private final List<Item> ofLive = new ArrayList<>();

    /** An element; its rank is its place in the list that decides about it. */
    private record Item(JsonNode node, int live, int rank) implements Comparable<Item> {
        @Override
        public int compareTo(Item other) {
            return Integer.compare(rank, other.rank);
        }
    }

    /** @param live, patch the place of each key in the two lists */
    Arrangement(Map<Object, Integer> live, Map<Object, Integer> patch) {
        this.live = live;
        this.patch = patch;
    }

    /** The first place of each key. */
    static Map<Object, Integer> places(List<Object> keys) {
        Map<Object, Integer> places = HashMap.newHashMap(keys.size());
        for (int i = 0; i < keys.size(); i++) {
            places.putIfAbsent(keys.get(i), i);
        }
        return places;
    }

    /** Adds the next element of the merged list. */
    void add(JsonNode node, Object key) {
        Integer inPatch = patch.get(key);
        int inLive = live.getOrDefault(key, ABSENT);
        if (inPatch != null) {
            ofPatch.add(new Item(node, inLive, inPatch));
        } else {
            ofLive.add(new Item(node, inLive, inLive));
        }
    }

    /** All elements in their order. Elements of one key stand together. */
    List<JsonNode> inOrder() {
        Collections.sort(ofPatch);
        Collections.sort(ofLive);
        List<JsonNode> all = new ArrayList<>(ofPatch.size() + ofLive.size());
        int next = 0;
        for (Item item : ofPatch) {
            while (next < ofLive.size() && item.live != ABSENT && ofLive.get(next).live < item.live) {
                all.add(ofLive.get(next++).node);
            }
            all.add(item.node);
        }
        while (next < ofLive.size()) {
            all.add(ofLive.get(next++).node);
        }
        return all;
    }
}
