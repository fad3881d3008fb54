package dev.sidecarinjector.injection.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.fixtures.RandomFields;
import dev.sidecarinjector.fixtures.RandomPods;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What holds for every pod and every patch without directives: random pods are merged with each other. */
class StrategicMergeLawsTest {
    private static final List<ObjectNode> LIVE = RandomPods.seeded(11, 300);
    private static final List<ObjectNode> PATCHES = RandomPods.seeded(12, 300);

    @Test
    void anEmptyPatchChangesNothing() {
        for (ObjectNode pod : LIVE) {
            assertThat(merge(pod, JsonNodeFactory.instance.objectNode()).toString()).isEqualTo(pod.toString());
        }
    }

    @Test
    void aPodMergedWithItselfIsItself() {
        for (ObjectNode pod : LIVE) {
            assertThat(merge(pod, pod).toString()).isEqualTo(pod.toString());
        }
    }

    @Test
    void mergingTwiceEqualsMergingOnce() {
        for (int i = 0; i < LIVE.size(); i++) {
            ObjectNode once = merge(LIVE.get(i), PATCHES.get(i));
            assertThat(merge(once, PATCHES.get(i))).isEqualTo(once);
        }
    }

    @Test
    void theOrderOfKeysNeverMatters() {
        Random random = new Random(13);
        for (int i = 0; i < LIVE.size(); i++) {
            JsonNode merged = merge(LIVE.get(i), PATCHES.get(i));
            JsonNode shuffled = merge((ObjectNode) shuffled(LIVE.get(i), random), (ObjectNode) shuffled(PATCHES.get(i), random));
            assertThat(shuffled).isEqualTo(merged);
        }
    }

    @Test
    void liveElementsThatThePatchDoesNotNameKeepTheirOrder() {
        for (int i = 0; i < LIVE.size(); i++) {
            List<String> unnamed = names(LIVE.get(i).at("/spec/containers"));
            unnamed.removeAll(names(PATCHES.get(i).at("/spec/containers")));
            List<String> merged = names(merge(LIVE.get(i), PATCHES.get(i)).at("/spec/containers"));
            merged.retainAll(unnamed);
            assertThat(merged).isEqualTo(unnamed);
        }
    }

    @Test
    void unknownFieldsOfTheLivePodSurviveOnTheirElement() {
        for (int i = 0; i < LIVE.size(); i++) {
            ObjectNode sprinkled = RandomFields.sprinkle(LIVE.get(i).deepCopy(), i);
            JsonNode merged = merge(sprinkled, PATCHES.get(i));
            for (JsonNode container : sprinkled.at("/spec/containers")) {
                JsonNode after = named(merged.at("/spec/containers"), container.path("name").stringValue());
                for (Map.Entry<String, JsonNode> field : container.properties()) {
                    if (field.getKey().startsWith(RandomFields.PREFIX)) {
                        assertThat(after.get(field.getKey())).isEqualTo(field.getValue());
                    }
                }
            }
        }
    }

    private static ObjectNode merge(ObjectNode live, ObjectNode patch) {
        ObjectNode merged = live.deepCopy();
        StrategicMerge.mergePod(merged, patch.deepCopy());
        return merged;
    }

    private static JsonNode named(JsonNode list, String name) {
        for (JsonNode element : list) {
            if (element.path("name").stringValue().equals(name)) {
                return element;
            }
        }
        throw new AssertionError(name + " is lost");
    }

    private static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.forEach(element -> names.add(element.path("name").stringValue()));
        return names;
    }

    private static JsonNode shuffled(JsonNode node, Random random) {
        if (node instanceof ObjectNode object) {
            List<String> keys = new ArrayList<>(object.propertyNames());
            Collections.shuffle(keys, random);
            ObjectNode copy = JsonNodeFactory.instance.objectNode();
            keys.forEach(key -> copy.set(key, shuffled(object.get(key), random)));
            return copy;
        }
        if (node instanceof ArrayNode list) {
            ArrayNode copy = JsonNodeFactory.instance.arrayNode();
            list.forEach(element -> copy.add(shuffled(element, random)));
            return copy;
        }
        return node;
    }
}
