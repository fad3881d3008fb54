package dev.sidecarinjector.injection.merge;

import dev.sidecarinjector.injection.schema.Field;
import dev.sidecarinjector.injection.schema.Field.Shape;
import dev.sidecarinjector.injection.schema.StructType;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What tells the elements of one list apart: a field of theirs, or in a list of scalars the scalar itself. */
final class ElementKey {
    private final @Nullable String name;
    /** What Go's typed pod holds where the key is absent. */
    private final Object zero;

    ElementKey(@Nullable Field list) {
        name = list == null ? null : list.mergeKey();
        StructType type = list == null ? null : list.struct();
        Field key = type == null || name == null ? null : type.field(name);
        zero = key == null || key.shape() == Shape.STRING ? "" : 0L;
    }

    boolean isScalar() {
        return name == null;
    }

    /** The key of a live element; one that has none never equals another's but the zero value's. */
    Object ofLive(JsonNode element) {
        if (name == null) {
            return value(element);
        }
        JsonNode key = element.get(name);
        return key != null && !key.isNull() ? value(key) : element instanceof ObjectNode ? zero : new Object();
    }

    /** The key of an element of a patch, which must have one. */
    Object ofPatch(JsonNode element) {
        if (name == null) {
            if (element.isContainer()) {
                throw new MergeProblem("the list holds scalars only, the patch adds " + describe(element));
            }
            return value(element);
        }
        if (!(element instanceof ObjectNode object)) {
            throw new MergeProblem("an element of this list must be an object, the patch has " + describe(element));
        }
        JsonNode key = object.get(name);
        if (key == null || key.isNull()) {
            throw new MergeProblem("an element of this list needs " + name + ", which is missing; add it");
        }
        return value(key);
    }

    private static Object value(JsonNode key) {
        if (key.isString()) {
            return key.stringValue();
        }
        return key.isIntegralNumber() && key.canConvertToLong() ? (Object) key.longValue() : key;
    }

    private static String describe(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> "an object";
            case ARRAY -> "a list";
            default -> node.toString();
        };
    }
}
