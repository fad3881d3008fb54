package dev.sidecarinjector.injection.transform;

import dev.sidecarinjector.injection.Warning;
import dev.sidecarinjector.injection.schema.GoJson;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The annotation {@code sidecar.istio.io/status}: what an injection brought to the pod (spec 12.6).
 *
 * @param revision of the control plane that injected; {@code default} where it has no name
 */
public record InjectionStatus(List<String> initContainers, List<String> containers, List<String> volumes, List<String> imagePullSecrets,
        String revision) {
    static final String ANNOTATION = "sidecar.istio.io/status";

    public InjectionStatus {
        initContainers = List.copyOf(initContainers);
        containers = List.copyOf(containers);
        volumes = List.copyOf(volumes);
        imagePullSecrets = List.copyOf(imagePullSecrets);
    }

    /**
     * Reads the annotation. A text that cannot be one never stops an injection: the pod then counts as one that was not injected.
     *
     * @return null where the text is not a JSON object whose lists hold names; a warning says so
     */
    public static @Nullable InjectionStatus parse(String text, List<Warning> warnings) {
        try {
            JsonNode tree = JsonMapper.shared().readTree(text);
            if (tree.isNull() || tree.isObject()) {
                return new InjectionStatus(names(tree, "initContainers"), names(tree, "containers"), names(tree, "volumes"),
                        names(tree, "imagePullSecrets"), revision(tree));
            }
            warnings.add(malformed("is not a JSON object"));
        } catch (JacksonException _) {
            warnings.add(malformed("is not JSON"));
        } catch (IllegalArgumentException e) {
            warnings.add(malformed(String.valueOf(e.getMessage())));
        }
        return null;
    }

    List<String> names(Kind kind) {
        return switch (kind) {
            case CONTAINER -> containers;
            case INIT_CONTAINER -> initContainers;
        };
    }

    /** The annotation's text in the peer's order; empty lists are null. */
    String toJson() {
        StringBuilder out = new StringBuilder(256);
        out.append("{\"initContainers\":");
        appendNames(out, initContainers);
        out.append(",\"containers\":");
        appendNames(out, containers);
        out.append(",\"volumes\":");
        appendNames(out, volumes);
        out.append(",\"imagePullSecrets\":");
        appendNames(out, imagePullSecrets);
        out.append(",\"revision\":");
        GoJson.quote(revision.isEmpty() ? "default" : revision, out);
        return out.append('}').toString();
    }

    private static void appendNames(StringBuilder out, List<String> names) {
        if (names.isEmpty()) {
            out.append("null");
            return;
        }
        char separator = '[';
        for (String name : names) {
            out.append(separator);
            separator = ',';
            GoJson.quote(name, out);
        }
        out.append(']');
    }

    private static List<String> names(JsonNode tree, String field) {
        JsonNode list = tree.get(field);
        if (list == null || list.isNull()) {
            return List.of();
        }
        if (!list.isArray()) {
            throw new IllegalArgumentException("has \"" + field + "\" that is not a list");
        }
        List<String> names = new ArrayList<>(list.size());
        for (JsonNode name : list) {
            if (!name.isString()) {
                throw new IllegalArgumentException("has \"" + field + "\" with an element that is not a string");
            }
            names.add(name.stringValue());
        }
        return names;
    }

    private static String revision(JsonNode tree) {
        JsonNode revision = tree.get("revision");
        return revision != null && revision.isString() ? revision.stringValue() : "";
    }

    private static Warning malformed(String what) {
        return new Warning("the value " + what + ", so the pod counts as not injected before", ANNOTATION,
                "remove the annotation; the injector writes it");
    }
}
