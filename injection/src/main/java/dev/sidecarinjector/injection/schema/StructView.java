package dev.sidecarinjector.injection.schema;

import dev.sidecarinjector.gotemplate.GoStruct;
import dev.sidecarinjector.gotemplate.Origin;
import dev.sidecarinjector.gotemplate.OriginMap;
import dev.sidecarinjector.gotemplate.OriginText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One struct of a pod under its Go names. Absent fields have Go's zero values. As an {@link OriginMap} it says whose text a print of the whole
 * struct would hold.
 */
final class StructView implements GoStruct, OriginMap {
    private final StructType type;
    private final JsonNode tree;
    /** In words for a person: {@code spec}, {@code container "app"}. */
    private final String place;

    StructView(StructType type, JsonNode tree, String place) {
        this.type = type;
        this.tree = tree;
        this.place = place;
    }

    StructType type() {
        return type;
    }

    JsonNode tree() {
        return tree;
    }

    @Override
    public String goType() {
        return "v1." + type.name();
    }

    @Override
    public Origin origin() {
        return new Origin(place);
    }

    @Override
    public @Nullable Object member(String name) {
        Field field = type.goField(name);
        if (field != null) {
            return value(field);
        }
        if (type.embeds(name)) {
            return this;
        }
        return name.startsWith("Get") && type.name().equals("ObjectMeta") ? member(name.substring(3)) : NO_SUCH_MEMBER;
    }

    @Override
    public Map<String, @Nullable Object> jsonFields() {
        ObjectNode printed = tree instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        Printable.fill(printed, type);
        StructView view = new StructView(type, printed, place);
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (Field field : type.fields()) {
            JsonNode value = printed.get(field.name());
            if (value != null) {
                fields.put(field.name(), value.isNull() ? null : json(value, view, field));
            }
        }
        return fields;
    }

    /** A port is a number or a text here, while templates see one type of its own. */
    private static @Nullable Object json(JsonNode value, StructView view, Field field) {
        if (field.shape() == Field.Shape.INT_OR_STRING && field.arity() == Field.Arity.ONE) {
            return value.isNumber() ? (Object) value.asLong() : new OriginText(value.asString(""), view.origin());
        }
        return view.value(field);
    }

    private @Nullable Object value(Field field) {
        JsonNode node = tree.get(field.name());
        JsonNode value = node == null || node.isNull() ? MissingNode.getInstance() : node;
        return switch (field.arity()) {
            case LIST -> new ListView(field, value, place);
            case MAP -> new StringMapView(field, value, place);
            case ONE -> one(field, value, place, value.isMissingNode());
        };
    }

    /** A value that stands alone or in a list. */
    static @Nullable Object one(Field field, JsonNode value, String place, boolean absent) {
        if (absent && field.pointer()) {
            return null;
        }
        return switch (field.shape()) {
            case BOOL -> value.asBoolean(false);
            case INT32, INT64 -> value.asLong(0);
            case INT_OR_STRING -> new IntOrStringView(value, within(place, field));
            case STRUCT -> new StructView(Schema.type(field.typeName()), value, within(place, field));
            case STRING, QUANTITY, TIME, RAW -> absent ? "" : new OriginText(value.asString(""), new Origin(within(place, field)));
        };
    }

    /** The place of a field: {@code spec.nodeName}, {@code container "app" image}. */
    static String within(String place, Field field) {
        return place + (place.endsWith("\"") ? " " : ".") + field.name();
    }

    @Override
    public String toString() {
        return goType() + " of " + place;
    }
}
