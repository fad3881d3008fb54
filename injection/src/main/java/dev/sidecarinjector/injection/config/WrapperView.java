package dev.sidecarinjector.injection.config;

import dev.sidecarinjector.gotemplate.GoStruct;
import dev.sidecarinjector.gotemplate.Stringer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A protobuf wrapper ({@code BoolValue}) as a template sees it.
 *
 * @param node  null where it is not set; its getter still works then
 * @param value the scalar, zero where it is not set
 */
record WrapperView(@Nullable JsonNode node, @Nullable Object value) implements GoStruct, Stringer {
    @Override
    public boolean isTrue() {
        return node != null;
    }

    @Override
    public @Nullable Object member(String name) {
        return switch (name) {
            case "GetValue" -> value;
            case "Value" -> node == null ? NO_SUCH_MEMBER : value;
            case "String" -> goString();
            default -> NO_SUCH_MEMBER;
        };
    }

    @Override
    public String goType() {
        return value instanceof Boolean ? "*wrapperspb.BoolValue" : "*wrapperspb.Int32Value";
    }

    @Override
    public String goString() {
        return node == null ? "<nil>" : "value:" + value;
    }
}
