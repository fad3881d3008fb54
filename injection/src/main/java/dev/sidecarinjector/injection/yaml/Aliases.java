package dev.sidecarinjector.injection.yaml;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.common.Anchor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** What anchors name; each use gets a copy, since trees are changed in place later. */
final class Aliases {
    /** Legitimate documents stay far below; alias bombs double with each line. */
    private static final int VALUES_LIMIT = 100_000;
    private final int depthLimit;
    private @Nullable Map<Anchor, JsonNode> nodes;
    private int copied;

    Aliases(int depthLimit) {
        this.depthLimit = depthLimit;
    }

    void begin(Anchor anchor) {
        define(anchor, MissingNode.getInstance());
    }

    void define(Anchor anchor, JsonNode node) {
        if (nodes == null) {
            nodes = new HashMap<>();
        }
        nodes.put(anchor, node);
    }

    JsonNode copy(Anchor anchor, int depth) {
        JsonNode node = nodes == null ? null : nodes.get(anchor);
        if (node == null) {
            throw new YamlException("expected an anchor &" + anchor.getValue() + " before the alias *" + anchor.getValue(), 0, 0);
        }
        if (node.isMissingNode()) {
            throw new YamlException("the anchor &" + anchor.getValue() + " contains itself", 0, 0);
        }
        return copy(node, depth);
    }

    private JsonNode copy(JsonNode node, int depth) {
        if (++copied > VALUES_LIMIT || depth > depthLimit) {
            throw new YamlException("expected aliases for at most " + VALUES_LIMIT + " values and " + depthLimit + " levels of nesting",
                    0, 0);
        }
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode copy = JsonNodeFactory.instance.objectNode();
                for (Map.Entry<String, JsonNode> field : object.properties()) {
                    copy.set(field.getKey(), copy(field.getValue(), depth + 1));
                }
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = JsonNodeFactory.instance.arrayNode(array.size());
                for (int i = 0; i < array.size(); i++) {
                    copy.add(copy(array.get(i), depth + 1));
                }
                yield copy;
            }
            default -> node;
        };
    }
}
