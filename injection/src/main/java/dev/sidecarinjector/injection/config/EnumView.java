package dev.sidecarinjector.injection.config;

import dev.sidecarinjector.gotemplate.GoStruct;
import dev.sidecarinjector.gotemplate.Stringer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A protobuf enum's value as a template sees it: it prints its name. */
record EnumView(String type, String name, long number) implements GoStruct, Stringer {
    static EnumView of(ProtoEnum type, @Nullable JsonNode node) {
        if (node != null && node.isString()) {
            Integer number = type.number(node.stringValue());
            return new EnumView(type.name(), node.stringValue(), number == null ? 0 : number);
        }
        long number = node == null ? 0 : node.longValue();
        String name = type.nameOf(number);
        return new EnumView(type.name(), name == null ? Long.toString(number) : name, number);
    }

    @Override
    public boolean isTrue() {
        return number != 0;
    }

    @Override
    public Object member(String member) {
        return member.equals("String") ? name : member.equals("Number") ? (Object) number : NO_SUCH_MEMBER;
    }

    @Override
    public String goType() {
        return "v1alpha1." + type;
    }

    @Override
    public String goString() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
