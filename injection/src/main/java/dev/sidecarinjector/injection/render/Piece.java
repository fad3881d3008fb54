package dev.sidecarinjector.injection.render;

import dev.sidecarinjector.gotemplate.Rendered;
import dev.sidecarinjector.injection.schema.Field;
import dev.sidecarinjector.injection.schema.Field.Arity;
import dev.sidecarinjector.injection.schema.PodShape;
import dev.sidecarinjector.injection.schema.StructType;
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

    /**
     * The pieces of a shape.
     *
     * @param keys holes that stand as keys, by number
     * @param type of an object with known fields
     */
    static Piece of(JsonNode node, List<HoleScalar> keys, @Nullable StructType type) {
        return node instanceof ObjectNode object ? object(object, keys, type, null) : of(node, keys, null, false);
    }

    private static Piece of(JsonNode node, List<HoleScalar> keys, @Nullable Field field, boolean element) {
        boolean one = element || (field != null && field.arity() == Arity.ONE);
        return switch (node) {
            case ObjectNode object -> object(object, keys, field == null || !one ? null : field.struct(), one ? null : field);
            case ArrayNode array -> {
                Piece[] elements = new Piece[array.size()];
                for (int i = 0; i < elements.length; i++) {
                    elements[i] = of(array.get(i), keys, one ? null : field, true);
                }
                yield new ArrayPiece(elements);
            }
            case POJONode hole -> new HolePiece((HoleScalar) hole.getPojo(), field, element);
            default -> new Constant(node);
        };
    }

    /** @param map the field whose map this is; null where the object has fields of its own */
    private static Piece object(ObjectNode object, List<HoleScalar> keys, @Nullable StructType type, @Nullable Field map) {
        List<Entry> entries = new ArrayList<>(object.size());
        boolean keyHoles = false;
        for (Map.Entry<String, JsonNode> member : object.properties()) {
            HoleScalar key = keyHole(member.getKey(), keys);
            keyHoles |= key != null;
            Field field = type == null ? map : type.field(member.getKey());
            entries.add(new Entry(member.getKey().intern(), key, of(member.getValue(), keys, field, type == null)));
        }
        return new ObjectPiece(entries.toArray(Entry[]::new), keyHoles);
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

    /**
     * A scalar with values in it.
     *
     * @param field   whose value it is, null for an unknown one
     * @param element whether it is one element of the field's list or map
     */
    record HolePiece(HoleScalar hole, @Nullable Field field, boolean element) implements Piece {
        @Override
        public @Nullable JsonNode make(Rendered rendered) {
            JsonNode node = hole.make(rendered);
            return node == null || field == null ? node : PodShape.normalized(node, field, element);
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
