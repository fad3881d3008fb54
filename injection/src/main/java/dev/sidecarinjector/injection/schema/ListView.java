package dev.sidecarinjector.injection.schema;

import java.util.AbstractList;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A list of a pod as a Go slice; elements are made when they are read. */
final class ListView extends AbstractList<@Nullable Object> implements RandomAccess {
    private final Field field;
    private final JsonNode list;
    private final String place;

    ListView(Field field, JsonNode list, String place) {
        this.field = field;
        this.list = list;
        this.place = place;
    }

    @Override
    public int size() {
        return list.isArray() ? list.size() : 0;
    }

    @Override
    public @Nullable Object get(int index) {
        JsonNode element = list.get(index);
        if (element == null || index < 0) {
            throw new IndexOutOfBoundsException(index);
        }
        StructType type = field.struct();
        return type != null
                ? new StructView(type, element, elementPlace(element, index))
                : StructView.one(field, element, place, element.isNull());
    }

    private String elementPlace(JsonNode element, int index) {
        String noun = switch (field.name()) {
            case "containers" -> "container";
            case "initContainers" -> "init container";
            case "ephemeralContainers" -> "ephemeral container";
            case "volumes" -> "volume";
            default -> null;
        };
        JsonNode name = noun == null ? null : element.get("name");
        return name != null && name.isString()
                ? noun + " \"" + name.stringValue() + "\""
                : StructView.within(place, field) + "[" + index + "]";
    }
}
