package dev.sidecarinjector.injection.render;

import dev.sidecarinjector.gotemplate.GoStruct;
import dev.sidecarinjector.injection.schema.GoJson;
import dev.sidecarinjector.injection.schema.GoViews;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Go's untyped values out of trees, and trees out of Go values. */
public final class GoValues {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private GoValues() {}

    /** As Go decodes JSON into an untyped value: every number is a float64. What is given cannot be modified. */
    public static @Nullable Object of(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, @Nullable Object> map = LinkedHashMap.newLinkedHashMap(node.size());
                node.properties().forEach(entry -> map.put(entry.getKey(), of(entry.getValue())));
                yield Collections.unmodifiableMap(map);
            }
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>(node.size());
                node.forEach(element -> list.add(of(element)));
                yield Collections.unmodifiableList(list);
            }
            case NUMBER -> node.doubleValue();
            case BOOLEAN -> node.booleanValue();
            case STRING -> node.stringValue();
            default -> null;
        };
    }

    static JsonNode tree(@Nullable Object value) {
        return switch (value) {
            case null -> NODES.nullNode();
            case Boolean flag -> NODES.booleanNode(flag);
            case CharSequence text -> NODES.stringNode(text.toString());
            case Double number -> number == Math.rint(number) && Math.abs(number) < 1e15
                    ? NODES.numberNode(number.longValue())
                    : NODES.numberNode(number);
            case Number number -> NODES.numberNode(number.longValue());
            case GoStruct view -> GoViews.tree(view);
            case Map<?, ?> map -> {
                ObjectNode object = NODES.objectNode();
                new TreeMap<>(map).forEach((key, element) -> object.set(key.toString(), tree(element)));
                yield object;
            }
            case Iterable<?> list -> {
                ArrayNode array = NODES.arrayNode();
                list.forEach(element -> array.add(tree(element)));
                yield array;
            }
            default -> NODES.stringNode(value.toString());
        };
    }

    /** Compact JSON as Go's encoding/json writes it, keys sorted. */
    static String json(@Nullable Object value) {
        return GoJson.sorted(tree(value));
    }
}
