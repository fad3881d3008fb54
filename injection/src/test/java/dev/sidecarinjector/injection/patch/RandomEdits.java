package dev.sidecarinjector.injection.patch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Changes a tree here and there: fields and elements come, go, change and move. */
final class RandomEdits {
    /** Not among them: {@code ~1}, which the other implementation unescapes wrongly to a slash. */
    private static final List<String> KEYS = List.of("a", "~", "a/b", "/", "", "name", "é", "0", "-");
    private final Random random;

    private RandomEdits(Random random) {
        this.random = random;
    }

    static ObjectNode edited(ObjectNode tree, Random random) {
        ObjectNode copy = tree.deepCopy();
        RandomEdits edits = new RandomEdits(random);
        for (int i = random.nextInt(6); i >= 0; i--) {
            edits.edit(copy);
        }
        return copy;
    }

    private void edit(JsonNode node) {
        switch (node) {
            case ObjectNode object -> edit(object);
            case ArrayNode list -> edit(list);
            default -> {
            }
        }
    }

    private void edit(ObjectNode object) {
        List<String> keys = new ArrayList<>(object.propertyNames());
        if (keys.isEmpty() || random.nextInt(8) == 0) {
            object.set(KEYS.get(random.nextInt(KEYS.size())), value());
            return;
        }
        String key = keys.get(random.nextInt(keys.size()));
        switch (random.nextInt(10)) {
            case 0 -> object.remove(key);
            case 1 -> object.set(key, value());
            default -> edit(object.get(key));
        }
    }

    private void edit(ArrayNode list) {
        int size = list.size();
        if (size == 0) {
            list.add(value());
            return;
        }
        int at = random.nextInt(size);
        switch (random.nextInt(9)) {
            case 0 -> list.insert(0, value());
            case 1 -> list.insert(at, list.get(random.nextInt(size)).deepCopy());
            case 2 -> list.remove(at);
            case 3 -> list.set(at, value());
            case 4 -> list.insert(random.nextInt(size), list.remove(at));
            case 5 -> shuffle(list);
            default -> edit(list.get(at));
        }
    }

    private void shuffle(ArrayNode list) {
        List<JsonNode> elements = new ArrayList<>(list.values());
        Collections.shuffle(elements, random);
        list.removeAll().addAll(elements);
    }

    private JsonNode value() {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return switch (random.nextInt(8)) {
            case 0 -> nodes.nullNode();
            case 1 -> nodes.numberNode(random.nextInt(3));
            case 2 -> nodes.booleanNode(random.nextBoolean());
            case 3 -> nodes.arrayNode().add(random.nextInt(2)).add("x");
            case 4 -> nodes.objectNode();
            case 5 -> nodes.objectNode().put("name", "n" + random.nextInt(4)).put("value", random.nextInt(3));
            case 6 -> nodes.objectNode().put("mountPath", "/" + random.nextInt(3)).put("name", "v");
            default -> nodes.stringNode("s" + random.nextInt(4));
        };
    }
}
