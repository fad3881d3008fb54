package dev.sidecarinjector.injection.render;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.GoFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The annotation {@code k8s.v1.cni.cncf.io/networks}: a comma list of names, or a JSON list of objects (spec section 8). */
public final class MultusNetworks {
    private static final JsonMapper JSON = new JsonMapper();

    private MultusNetworks() {}

    static String append(Call call) {
        Object existing = call.argument(0);
        return append(existing == null ? "" : existing instanceof CharSequence ? call.string(existing) : GoFormat.sprint(existing),
                call.string(1));
    }

    /** Adds a network {@code name} or {@code namespace/name} unless it is there; all other characters stay. */
    public static String append(String existing, String network) {
        if (existing.isEmpty()) {
            return network;
        }
        if (existing.indexOf(']') >= 0) {
            return appendToJson(existing, network);
        }
        for (String part : List.of(existing.split(",", -1))) {
            if (part.strip().equals(network)) {
                return existing;
            }
        }
        return existing + ", " + network;
    }

    private static String appendToJson(String existing, String network) {
        JsonNode list = parse(existing);
        if (list == null || !list.isArray()) {
            return existing;
        }
        int slash = network.indexOf('/');
        String namespace = slash < 0 ? "" : network.substring(0, slash);
        String name = network.substring(slash + 1);
        for (JsonNode entry : list) {
            if (!entry.isObject()) {
                return existing;
            }
            if (entry.path("name").asString("").equals(name) && entry.path("namespace").asString("").equals(namespace)) {
                return existing;
            }
        }
        int end = existing.lastIndexOf(']');
        String separator = list.isEmpty() ? "" : ", ";
        String entry = "{\"name\": \"" + name + "\"" + (namespace.isEmpty() ? "" : ", \"namespace\": \"" + namespace + "\"") + "}";
        return existing.substring(0, end) + separator + entry + existing.substring(end);
    }

    private static @Nullable JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JacksonException _) {
            return null;
        }
    }
}
