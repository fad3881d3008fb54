package dev.sidecarinjector.injection.render;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.FunctionFailure;
import dev.sidecarinjector.gotemplate.GoStruct;
import dev.sidecarinjector.gotemplate.Origin;
import dev.sidecarinjector.injection.schema.GoViews;
import dev.sidecarinjector.injection.yaml.YamlWriter;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** Template functions that encode values or decode them; an encoded value is one token that cannot become structure. */
final class JsonFunctions {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Origin POD = new Origin("the pod's spec");

    private JsonFunctions() {}

    static String toJson(Call call) {
        Object map = call.argument(0);
        return encoded(call, map, map == null ? "{}" : GoValues.json(map));
    }

    static String toJsonMap(Call call) {
        Object merged = MapFunctions.mergeMaps(call);
        return encoded(call, merged, merged == null ? "null" : GoValues.json(merged));
    }

    /** A text that is no JSON gives the text {@code {}}, as the peer does: a range over it then fails and names the expression. */
    static @Nullable Object fromJson(Call call) {
        String text = call.string(0);
        try {
            return GoValues.of(JSON.readTree(text));
        } catch (JacksonException _) {
            return "{}";
        }
    }

    static String structToJson(Call call) {
        return switch (call.argument(0)) {
            case null -> "{}";
            case GoStruct view -> {
                call.touch(POD);
                call.markEncoded();
                yield GoViews.structJson(view);
            }
            case List<?> list when !list.isEmpty() && list.getFirst() instanceof GoStruct -> {
                call.touch(POD);
                call.markEncoded();
                yield list.stream().map(view -> GoViews.structJson((GoStruct) view)).collect(Collectors.joining(",", "[", "]"));
            }
            case Object value -> encoded(call, value, GoValues.json(value));
        };
    }

    static String protoToJson(Call call) {
        if (!(call.argument(0) instanceof ProtoView message)) {
            throw new FunctionFailure("wrong type for value; expected *v1alpha1.ProxyConfig");
        }
        call.touch(message.origin());
        call.markEncoded();
        return message.json();
    }

    /** The YAML has several lines, so it is no token; but it holds values as scalars only, so its text counts as the template's own. */
    static String toYaml(Call call) {
        return switch (call.argument(0)) {
            case GoStruct view -> YamlWriter.toString(GoViews.tree(view));
            case null -> "null\n";
            case Object value -> YamlWriter.toString(GoValues.tree(value));
        };
    }

    private static String encoded(Call call, @Nullable Object value, String json) {
        if (value instanceof Map<?, ?> || value instanceof Iterable<?> || value instanceof CharSequence) {
            call.touchAll(value);
        }
        call.markEncoded();
        return json;
    }
}
