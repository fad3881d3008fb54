package dev.sidecarinjector.injection.schema;

import dev.sidecarinjector.injection.InjectionException;
import dev.sidecarinjector.injection.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Go's typed pod does to a pod (spec 10.5), as separate operations on trees: what is unknown always survives, and a webhook's pod keeps
 * the spelling of its author.
 */
public final class PodShape {
    private PodShape() {}

    /**
     * Checks that every known field of a pod has a value of its type; changes nothing.
     *
     * @throws InjectionException with reason INVALID_POD: path, expected type, what stands there
     */
    public static void check(ObjectNode pod) {
        apply(Typing.CHECK, pod, Schema.type("Pod"), Reason.INVALID_POD);
    }

    /**
     * Checks a rendered template and makes its quantities canonical, in place. Nulls, empty values and directives stay: they say something to the
     * merge. Fields that no type knows stay too.
     *
     * @throws InjectionException with reason MERGE_FAILED: path, expected type, what stands there
     */
    public static void normalizeOverlay(ObjectNode overlay) {
        apply(Typing.CANONICAL, overlay, Schema.type("Pod"), Reason.MERGE_FAILED);
    }

    /**
     * Does to the template's part of a shape what {@link #normalizeOverlay} does to an overlay; its holes are POJO nodes.
     *
     * @return false where a value does not fit its field: then every overlay of this shape is wrong
     */
    public static boolean normalizeConstants(ObjectNode shape) {
        try {
            Typing.CANONICAL.object(shape, Schema.type("Pod"));
            return true;
        } catch (TypeProblem _) {
            return false;
        }
    }

    /**
     * Does the same to what fills a hole.
     *
     * @param element whether the hole is one element of the field's list or map, not all of it
     * @return null where the value does not fit the field
     */
    public static @Nullable JsonNode normalized(JsonNode value, Field field, boolean element) {
        try {
            return value.isNull() ? value : element ? Typing.CANONICAL.one(value, field) : Typing.CANONICAL.value(value, field);
        } catch (TypeProblem _) {
            return null;
        }
    }

    /**
     * A copy of a container for use as a patch: what Go's typed container would not print is gone, so that a null or an empty list of the pod's
     * author removes nothing from the template, and nothing in it is taken for a directive.
     */
    public static ObjectNode containerPatch(ObjectNode container) {
        ObjectNode patch = container.deepCopy();
        Patchable.strip(patch, Schema.type("Container"));
        return patch;
    }

    /**
     * Makes a manifest as a typed reader of YAML reads it, in place: other scalars become strings where the field is one ({@code 5} in a label).
     * An object of a kind that is not known (spec 17.3) stays as it is.
     *
     * @throws InjectionException with reason INVALID_POD: path, expected type, what stands there
     */
    public static void coerce(ObjectNode manifest) {
        try {
            coerceKind(manifest);
        } catch (TypeProblem problem) {
            throw new InjectionException(Reason.INVALID_POD, problem.getMessage());
        }
    }

    private static void coerceKind(ObjectNode manifest) {
        StructType type = kind(manifest);
        if (type == null) {
            return;
        }
        Typing.COERCE.object(manifest, type);
        List<ObjectNode> items = items(manifest, type);
        for (int i = 0; i < items.size(); i++) {
            try {
                coerceKind(items.get(i));
            } catch (TypeProblem problem) {
                throw problem.under("items[" + i + "]");
            }
        }
    }

    /**
     * Gives a manifest the fields that Go prints of it, in place: empty optional ones go, structs are always there ({@code status: {}}), quantities
     * are canonical. An object of a kind that is not known stays as it is.
     */
    public static void printable(ObjectNode manifest) {
        StructType type = kind(manifest);
        if (type != null) {
            Printable.fill(manifest, type);
            for (ObjectNode item : items(manifest, type)) {
                printable(item);
            }
        }
    }

    /**
     * Gives a manifest what the API server fills in where its author wrote nothing, in place, and the fields that are printed of the result. An
     * object of a kind that is not known stays as it is.
     */
    public static void defaulted(ObjectNode manifest) {
        printable(manifest);
        StructType type = kind(manifest);
        if (type != null) {
            Defaults.fill(manifest, type);
            items(manifest, type).forEach(PodShape::defaulted);
        }
    }

    /** A resource quantity's canonical text: {@code 2000m} gives {@code 2}. A text that is no quantity stays. */
    public static String canonicalQuantity(String text) {
        Quantity quantity = Quantity.parse(text);
        return quantity == null ? text : quantity.canonical();
    }

    private static @Nullable StructType kind(ObjectNode manifest) {
        return Schema.ofKind(manifest.path("kind").asString(""));
    }

    private static List<ObjectNode> items(ObjectNode manifest, StructType type) {
        List<ObjectNode> items = new ArrayList<>();
        if (type.name().equals("List")) {
            for (JsonNode item : manifest.path("items")) {
                if (item instanceof ObjectNode object) {
                    items.add(object);
                }
            }
        }
        return items;
    }

    private static void apply(Typing typing, ObjectNode object, StructType type, Reason reason) {
        try {
            typing.object(object, type);
        } catch (TypeProblem problem) {
            throw new InjectionException(reason, problem.getMessage());
        }
    }
}
