package dev.sidecarinjector.sidecarctl.cases;

import dev.sidecarinjector.injection.schema.Field;
import dev.sidecarinjector.injection.schema.StructType;
import dev.sidecarinjector.injection.spelling.Spelling;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A place in an object: {@code spec.containers[name=app].env[name=A].value}, {@code spec.containers[0]},
 * {@code metadata.labels[app.kubernetes.io/name]}.
 *
 * @param text as written
 */
record TreePath(String text, List<Step> steps) {
    /** One step down. */
    sealed interface Step {
        /** A member of a map. */
        record Member(String name) implements Step {}

        /** An item of a list, from 0. */
        record Item(int index) implements Step {}

        /** The item of a list whose member has this value. */
        record Named(String key, String value) implements Step {}
    }

    /**
     * What a path leads to.
     *
     * @param node    null where there is nothing
     * @param missing what is not there, and what is in its place; empty where there is something
     * @param lost    whether the way already ended at a list without the item that it goes on in
     */
    record Found(@Nullable JsonNode node, String missing, boolean lost) {}

    /** @throws IllegalArgumentException whose message says what is wrong with the text */
    static TreePath parse(String text) {
        return new TreePath(text, new PathText(text).steps());
    }

    Found find(JsonNode root) {
        JsonNode node = root;
        for (int i = 0; i < steps.size(); i++) {
            JsonNode next = switch (steps.get(i)) {
                case Step.Member member -> node.path(member.name);
                case Step.Item item -> node.path(item.index);
                case Step.Named named -> only(node, named);
            };
            if (next.isMissingNode()) {
                boolean lost = steps.get(i) instanceof Step.Named && i < steps.size() - 1;
                return new Found(null, missing(steps.get(i), node), lost);
            }
            node = next;
        }
        return new Found(node, "", false);
    }

    private static JsonNode only(JsonNode list, Step.Named named) {
        JsonNode only = list.path(-1);
        for (JsonNode item : list) {
            if (item.path(named.key).asString("").equals(named.value)) {
                if (!only.isMissingNode()) {
                    return list.path(-1);
                }
                only = item;
            }
        }
        return only;
    }

    private static String missing(Step step, JsonNode node) {
        return switch (step) {
            case Step.Member member -> "there is no " + member.name + (node.isObject() && !node.isEmpty()
                    ? "; there are " + String.join(", ", node.propertyNames())
                    : " in " + CaseText.shown(node));
            case Step.Item item -> "there is no item " + item.index + " in a list of " + node.size();
            case Step.Named named -> {
                List<String> names = new ArrayList<>();
                node.forEach(item -> names.add(item.path(named.key).asString("?")));
                boolean several = names.indexOf(named.value) != names.lastIndexOf(named.value);
                yield several
                        ? "several items have " + named.key + "=" + named.value
                        : "there is no item with " + named.key + "=" + named.value
                                + (names.isEmpty() ? "" : "; there are " + String.join(", ", names));
            }
        };
    }

    /** What names a field that this Kubernetes type does not have, with what may have been meant; null where all do. */
    @Nullable
    String unknownField(@Nullable StructType type) {
        StructType struct = type;
        Field field = null;
        for (Step step : steps) {
            if (struct == null && field == null) {
                return null;
            }
            if (step instanceof Step.Member && field != null && field.arity() == Field.Arity.MAP) {
                struct = field.struct();
                field = null;
            } else if (step instanceof Step.Member member) {
                field = struct == null ? null : struct.field(member.name);
                if (struct != null && field == null) {
                    return unknown(member.name, struct);
                }
                struct = field != null && field.arity() == Field.Arity.ONE ? field.struct() : null;
            } else {
                struct = field == null ? null : field.struct();
                field = null;
                if (step instanceof Step.Named named && struct != null && struct.field(named.key) == null) {
                    return unknown(named.key, struct);
                }
            }
        }
        return null;
    }

    private static String unknown(String name, StructType type) {
        String nearest = Spelling.nearest(name, type.fields().stream().map(Field::name).toList());
        return "a " + type.name() + " has no field \"" + name + "\"" + (nearest == null ? "" : "; did you mean \"" + nearest + "\"?");
    }
}
