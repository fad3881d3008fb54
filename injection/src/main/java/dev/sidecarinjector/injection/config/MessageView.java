package dev.sidecarinjector.injection.config;

import dev.sidecarinjector.gotemplate.GoSlice;
import dev.sidecarinjector.gotemplate.GoStruct;
import dev.sidecarinjector.gotemplate.Origin;
import dev.sidecarinjector.gotemplate.OriginText;
import dev.sidecarinjector.gotemplate.Stringer;
import dev.sidecarinjector.injection.config.ProtoField.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A protobuf message as a template sees it: fields under their Go names, and a getter {@code GetXxx} for each that also works on a message that is
 * not set. Texts that the pod's author controls carry their origin.
 */
final class MessageView implements GoStruct, Stringer {
    private final ProtoType type;
    private final @Nullable ObjectNode tree;
    private final Origins origins;

    MessageView(ProtoType type, @Nullable ObjectNode tree, Origins origins) {
        this.type = type;
        this.tree = tree;
        this.origins = origins;
    }

    @Override
    public boolean isTrue() {
        return tree != null;
    }

    @Override
    public @Nullable Object member(String name) {
        ProtoField field = type.goField(name);
        if (field != null) {
            return tree == null ? NO_SUCH_MEMBER : value(field);
        }
        if (name.startsWith("Get")) {
            field = type.goField(name.substring(3));
            if (field != null) {
                return value(field);
            }
        }
        if (name.equals("String")) {
            return goString();
        }
        return type.open() && tree != null ? openMember(name) : NO_SUCH_MEMBER;
    }

    private @Nullable Object openMember(String name) {
        String field = name.startsWith("Get") ? name.substring(3) : name;
        return tree == null || field.isEmpty()
                ? null
                : plain(tree.get(Character.toLowerCase(field.charAt(0)) + field.substring(1)), origins.any());
    }

    private @Nullable Object value(ProtoField field) {
        JsonNode node = tree == null ? null : tree.get(field.name());
        Origin origin = origins.of(field.name());
        if (field.shape() == Shape.LIST) {
            List<@Nullable Object> elements = new ArrayList<>();
            for (JsonNode element : node == null ? List.<JsonNode>of() : node) {
                elements.add(single(element, field, origin));
            }
            return new GoSlice(field.kind() == ProtoField.Kind.STRING ? "[]string" : "[]*" + field.type(), elements);
        }
        if (field.shape() == Shape.MAP) {
            return map((ObjectNode) node, field);
        }
        return field.wrapper() ? new WrapperView(node, single(node, field, origin)) : single(node, field, origin);
    }

    private Map<String, @Nullable Object> map(@Nullable ObjectNode node, ProtoField field) {
        TextMap map = new TextMap(origins.keys(field.name()));
        if (node != null) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                map.add(entry.getKey(), single(entry.getValue(), field, origins.ofKey(field.name(), entry.getKey())));
            }
        }
        return map;
    }

    private static @Nullable Object single(@Nullable JsonNode node, ProtoField field, @Nullable Origin origin) {
        return switch (field.kind()) {
            case STRING -> text(node == null ? "" : node.stringValue(), origin);
            case BOOL -> node != null && node.booleanValue();
            case INT32, UINT32 -> node == null ? 0L : node.longValue();
            case INT64 -> node == null ? 0L : Long.parseLong(node.stringValue());
            case DOUBLE -> node == null ? 0.0 : node.doubleValue();
            case DURATION -> node == null ? new ProtoDuration(0) : ProtoDuration.parse(node.stringValue());
            case ENUM -> EnumView.of(ProxySchema.enumeration(field.type()), node);
            case MESSAGE -> new MessageView(ProxySchema.type(field.type()), (ObjectNode) node, Origins.all(origin));
            case ANY -> plain(node, origin);
        };
    }

    private static Object text(String text, @Nullable Origin origin) {
        return origin == null ? text : new OriginText(text, origin);
    }

    private static @Nullable Object plain(@Nullable JsonNode node, @Nullable Origin origin) {
        return switch (node) {
            case null -> null;
            case ObjectNode object -> {
                TextMap map = new TextMap(origin);
                object.properties().forEach(entry -> map.add(entry.getKey(), plain(entry.getValue(), origin)));
                yield map;
            }
            case JsonNode list when list.isArray() -> {
                List<@Nullable Object> elements = new ArrayList<>();
                list.forEach(element -> elements.add(plain(element, origin)));
                yield elements;
            }
            case JsonNode text when text.isString() -> text(text.stringValue(), origin);
            case JsonNode flag when flag.isBoolean() -> flag.booleanValue();
            case JsonNode number when number.isIntegralNumber() -> number.longValue();
            case JsonNode number when number.isNumber() -> number.doubleValue();
            default -> null;
        };
    }

    @Override
    public String goType() {
        return "*v1alpha1." + type.name();
    }

    @Override
    public String goString() {
        return tree == null ? "<nil>" : ProtoJson.text(tree);
    }

    @Override
    public String toString() {
        return goString();
    }
}
