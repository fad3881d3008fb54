package dev.sidecarinjector.injection.schema;

import dev.sidecarinjector.gotemplate.GoStruct;
import dev.sidecarinjector.gotemplate.Origin;
import dev.sidecarinjector.gotemplate.OriginMap;
import dev.sidecarinjector.gotemplate.OriginText;
import dev.sidecarinjector.gotemplate.Stringer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A port that is a number or a name, {@code intstr.IntOrString}; it prints as what it is. */
final class IntOrStringView implements GoStruct, Stringer, OriginMap {
    private final JsonNode tree;
    private final String place;

    IntOrStringView(JsonNode tree, String place) {
        this.tree = tree;
        this.place = place;
    }

    JsonNode tree() {
        return tree;
    }

    @Override
    public String goType() {
        return "intstr.IntOrString";
    }

    @Override
    public Origin origin() {
        return new Origin(place);
    }

    @Override
    public @Nullable Object member(String name) {
        return switch (name) {
            case "Type" -> tree.isString() ? 1L : 0L;
            case "IntVal" -> tree.asLong(0);
            case "IntValue" -> tree.isString() ? number(tree.stringValue()) : tree.asLong(0);
            case "StrVal" -> tree.isString() ? text() : "";
            case "String" -> text();
            default -> NO_SUCH_MEMBER;
        };
    }

    @Override
    public String goString() {
        return tree.isString() ? tree.stringValue() : Long.toString(tree.asLong(0));
    }

    private OriginText text() {
        return new OriginText(goString(), origin());
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException _) {
            return 0;
        }
    }

    @Override
    public String toString() {
        return goString();
    }
}
