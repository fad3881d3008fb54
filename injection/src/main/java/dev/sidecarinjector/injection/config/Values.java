package dev.sidecarinjector.injection.config;

import dev.sidecarinjector.gotemplate.GoFormat;
import dev.sidecarinjector.injection.yaml.YamlException;
import dev.sidecarinjector.injection.yaml.YamlReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The values text (spec section 2.2): the untyped map that templates read, and the few settings that the engine reads itself. */
public final class Values {
    private final JsonNode tree;
    private final @Nullable Object go;

    Values(JsonNode tree) {
        this.tree = tree;
        this.go = go(tree);
    }

    /**
     * Reads the text, JSON or YAML.
     *
     * @throws ConfigurationException where it is neither, or no map
     */
    public static Values parse(String text) {
        JsonNode tree;
        try {
            tree = YamlReader.read(text);
        } catch (YamlException e) {
            throw new ConfigurationException("could not parse configuration values: line " + e.line() + ", column " + e.column() + ": "
                    + e.getMessage());
        }
        if (!tree.isObject() && !tree.isNull()) {
            throw new ConfigurationException("could not parse configuration values: expected a map (name: value), found "
                    + tree.getNodeType());
        }
        return new Values(tree);
    }

    /** The tree as read; never null. */
    public JsonNode tree() {
        return tree;
    }

    /** The map as templates see it: immutable, all numbers doubles; null where the text held nothing. */
    public @Nullable Object go() {
        return go;
    }

    private static @Nullable Object go(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> {
                Map<String, @Nullable Object> map = LinkedHashMap.newLinkedHashMap(node.size());
                for (Map.Entry<String, JsonNode> entry : node.properties()) {
                    map.put(entry.getKey().intern(), go(entry.getValue()));
                }
                yield Collections.unmodifiableMap(map);
            }
            case ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>(node.size());
                for (JsonNode element : node) {
                    list.add(go(element));
                }
                yield Collections.unmodifiableList(list);
            }
            case STRING -> node.stringValue();
            case NUMBER -> node.doubleValue();
            case BOOLEAN -> node.booleanValue();
            default -> null;
        };
    }

    /** {@code global.hub}, and so on: printed as text from any scalar as Go does (the number 1.10 gives {@code 1.1}), empty when absent. */
    public String text(String... path) {
        JsonNode node = at(path);
        return node.isNumber() ? GoFormat.sprint(node.doubleValue()) : node.asString("");
    }

    /** A boolean at a path, or the fallback when it is absent. */
    public boolean flag(boolean fallback, String... path) {
        JsonNode node = at(path);
        return node.isBoolean() ? node.booleanValue() : fallback;
    }

    private JsonNode at(String... path) {
        JsonNode node = tree;
        for (String name : path) {
            node = node.path(name);
        }
        return node;
    }
}
