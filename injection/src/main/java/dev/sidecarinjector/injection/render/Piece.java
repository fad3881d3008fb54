package dev.sidecarinjector.injection.render;

import dev.sidecarinjector.gotemplate.Rendered;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.POJONode;

/** A node of a shape: makes the node of the overlay. */
sealed interface Piece {
    /** A fresh node, or null where a value needs the parser. */
    @Nullable
    JsonNode make(Rendered rendered);

    /** Whether a node read from a rendering has the structure of this piece. */
    boolean fits(JsonNode node);

    static Piece of(JsonNode node, List<HoleScalar> keys) {
        return switch (node) {
            case ObjectNode object -> {
                List<Entry> entries = new ArrayList<>(object.size());
                boolean keyHoles = false;
                for (Map.Entry<String, JsonNode> field : object.properties()) {
                    HoleScalar key = keyHole(field.getKey(), keys);
                    keyHoles |= key != null;
                    entries.add(new Entry(field.getKey(), key, of(field.getValue(), keys)));
                }
                yield new ObjectPiece(entries.toArray(Entry[]::new), keyHoles);
            }
            case ArrayNode array -> {
                Piece[] elements = new Piece[array.size()];
                for (int i = 0; i < elements.length; i++) {
                    elements[i] = of(array.get(i), keys);
                }
                yield new ArrayPiece(elements);
            }
            case POJONode hole -> new HolePiece((HoleScalar) hole.getPojo());
            default -> new Constant(node);
        };
    }

    private static @Nullable HoleScalar keyHole(String key, List<HoleScalar> keys) {
        return !key.isEmpty() && key.charAt(0) == HoleFinder.KEY ? keys.get(Integer.parseInt(key.substring(1))) : null;
    }

    /** A key with its value; hole is null where the template gives the key. */
    record Entry(String key, @Nullable HoleScalar hole, Piece value) {}

    /** A scalar of the template; value nodes are immutable and shared. */
    record Constant(JsonNode node) implements Piece {
        @Override
        public JsonNode make(Rendered rendered) {
            return node;
        }

        @Override
        public boolean fits(JsonNode other) {
            return other.isValueNode();
        }
    }

    /** A scalar with values in it. */
    record HolePiece(HoleScalar hole) implements Piece {
        @Override
        public @Nullable JsonNode make(Rendered rendered) {
            return hole.make(rendered);
        }

        /** A scalar, or whatever an encoded value holds: the comparison of the events has told them apart. */
        @Override
        public boolean fits(JsonNode node) {
            return true;
        }
    }

    /** A list. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record ArrayPiece(Piece[] elements) implements Piece {
        @Override
        public @Nullable JsonNode make(Rendered rendered) {
            ArrayNode array = JsonNodeFactory.instance.arrayNode(elements.length);
            for (Piece element : elements) {
                JsonNode node = element.make(rendered);
                if (node == null) {
                    return null;
                }
                array.add(node);
            }
            return array;
        }

        @Override
        public boolean fits(JsonNode node) {
            boolean same = node.isArray() && node.size() == elements.length;
            for (int i = 0; same && i < elements.length; i++) {
                same = elements[i].fits(node.get(i));
            }
            return same;
        }
    }

    /** A map. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record ObjectPiece(Entry[] entries, boolean keyHoles) implements Piece {
        @Override
        public @Nullable JsonNode make(Rendered rendered) {
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            Set<String> seen = keyHoles ? new HashSet<>() : Set.of();
            for (Entry entry : entries) {
                String key = entry.hole() == null ? entry.key() : key(entry.hole(), rendered);
                JsonNode node = key == null || (keyHoles && !seen.add(key)) ? null : entry.value().make(rendered);
                if (key == null || node == null) {
                    return null;
                }
                object.set(key, node);
            }
            return object;
        }

        @Override
        public boolean fits(JsonNode node) {
            boolean same = node.isObject() && node.size() == entries.length;
            for (Entry entry : entries) {
                JsonNode value = entry.hole() == null ? node.get(entry.key()) : null;
                same = same && (entry.hole() != null || (value != null && entry.value().fits(value)));
            }
            return same;
        }

        private static @Nullable String key(HoleScalar hole, Rendered rendered) {
            JsonNode key = hole.make(rendered);
            return key != null && key.isString() ? key.stringValue() : null;
        }
    }
}
