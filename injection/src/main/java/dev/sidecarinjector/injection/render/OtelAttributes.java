package dev.sidecarinjector.injection.render;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.GoStruct;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** OpenTelemetry resource attributes by the semantic conventions for Kubernetes (spec section 8, otelResourceAttributes). */
final class OtelAttributes {
    private static final String PREFIX = "resource.opentelemetry.io/";

    private OtelAttributes() {}

    static String of(Call call) {
        if (!wanted(call.argument(0))) {
            return "";
        }
        String namespace = text(call, call.argument(3));
        List<?> containers = TemplateFunctions.list(call.argument(4));
        GoStruct first = !containers.isEmpty() && containers.getFirst() instanceof GoStruct container ? container : null;
        StringJoiner attributes = new StringJoiner(",");
        add(attributes, "service.namespace", firstSet(entry(call, 1, PREFIX + "service.namespace"), namespace));
        add(attributes, "service.version", firstSet(entry(call, 1, PREFIX + "service.version"), entry(call, 2, "app.kubernetes.io/version"),
                containers.size() == 1 && first != null ? imageVersion(text(call, first.member("Image"))) : ""));
        add(attributes, "service.instance.id", firstSet(entry(call, 1, PREFIX + "service.instance.id"),
                first != null ? namespace + ".$(POD_NAME)." + text(call, first.member("Name")) : ""));
        return attributes.toString();
    }

    /** Whether an OpenTelemetry provider of the mesh asks for the semantic conventions; the mesh's view has a member that says so. */
    private static boolean wanted(@Nullable Object mesh) {
        return mesh instanceof GoStruct view && Boolean.TRUE.equals(view.member("otelSemanticConventions"));
    }

    private static void add(StringJoiner attributes, String key, String value) {
        if (!value.isEmpty()) {
            attributes.add(key + "=" + value);
        }
    }

    private static String firstSet(String... candidates) {
        for (String candidate : candidates) {
            if (!candidate.isEmpty()) {
                return candidate;
            }
        }
        return "";
    }

    private static String entry(Call call, int map, String key) {
        return call.argument(map) instanceof Map<?, ?> entries ? text(call, entries.get(key)) : "";
    }

    private static String text(Call call, @Nullable Object value) {
        return value instanceof CharSequence ? call.string(value) : "";
    }

    /** The part of an image reference that tells its version: tag, digest, or {@code tag@digest}. */
    static String imageVersion(String image) {
        int at = image.indexOf('@');
        String digest = at < 0 ? "" : image.substring(at + 1);
        String named = at < 0 ? image : image.substring(0, at);
        int colon = named.lastIndexOf(':');
        String tag = colon > named.lastIndexOf('/') ? named.substring(colon + 1) : "";
        return tag.isEmpty() || digest.isEmpty() ? tag + digest : tag + "@" + digest;
    }
}
