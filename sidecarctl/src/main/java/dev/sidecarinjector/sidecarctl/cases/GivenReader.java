package dev.sidecarinjector.sidecarctl.cases;

import dev.sidecarinjector.injection.InjectionContext.View;
import dev.sidecarinjector.injection.InjectionException;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.injection.schema.PodShape;
import dev.sidecarinjector.sidecarctl.WorkloadKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes typed data of what folder, file and case say together. Keys were checked where they stood. */
final class GivenReader {
    private static final List<String> VIEWS = List.of("webhook", "kube-inject");
    private static final List<String> OVERLAYS = List.of("pod", "values", "mesh", "config");
    private static final List<String> NATIVE = List.of("true", "false", "auto");

    private final CaseText text;
    private final ObjectNode given;
    private final List<String> path;

    /** @param path what is named where something in the merged settings is wrong */
    GivenReader(CaseText text, ObjectNode given, List<String> path) {
        this.text = text;
        this.given = withoutNulls(given);
        this.path = path;
    }

    /** In what is laid over something else a null removes what is there; everywhere else it says that nothing is given. */
    private static ObjectNode withoutNulls(ObjectNode given) {
        ObjectNode plain = MergePatch.of(given.objectNode(), given);
        for (String overlay : OVERLAYS) {
            if (plain.has(overlay)) {
                plain.set(overlay, given.path(overlay));
            }
        }
        return plain;
    }

    Given read() {
        String as = given.path("as").asString("webhook");
        text.requireKnown(as, VIEWS, at("as"), "front end");
        View view = as.equals("webhook") ? View.WEBHOOK : View.COMMAND_LINE;
        ObjectNode object = object();
        JsonNode namespace = given.path("namespace");
        String named = namespace.has("name") ? text.text(namespace.path("name"), at("namespace")) : "";
        String own = object.path("metadata").path("namespace").asString("");
        List<ObjectNode> proxyConfigs = new ArrayList<>();
        for (CaseText.Item item : text.items(given.path("proxyConfigs"), at("proxyConfigs"))) {
            proxyConfigs.add(text.map(item.node(), item.path()));
        }
        return new Given(view, object, named.isEmpty() ? own : named, optional(namespace, "labels"), optional(namespace, "annotations"),
                optional(given, "nodes"), text.texts(given.path("proxyEnv"), at("proxyEnv")), proxyConfigs,
                new GivenSettings(text, given, path).read(features(view)));
    }

    private List<String> at(String key) {
        return CaseText.below(path, key);
    }

    private @Nullable Map<String, String> optional(JsonNode parent, String key) {
        return parent.has(key) ? text.texts(parent.path(key), at(key)) : null;
    }

    /** A pod unless it says another kind, typed as a reader of manifests types it. */
    private ObjectNode object() {
        ObjectNode base = given.objectNode();
        if (given.has("podFile")) {
            base = GivenSettings.tree(given.path("podFile").asString(), text);
        }
        ObjectNode object = MergePatch.of(base, text.map(given.path("pod"), at("pod")));
        if (object.isEmpty()) {
            throw text.problem(path, "the case gives no pod; write it at \"given.pod\", or name its file at \"given.podFile\"");
        }
        if (!object.has("kind")) {
            object.put("apiVersion", "v1").put("kind", "Pod");
        }
        if (WorkloadKind.of(object.path("kind").asString("")) == null) {
            throw text.problem(at("pod"), "a " + CaseText.shown(object.path("kind")) + " has no pod that could be injected");
        }
        try {
            PodShape.coerce(object);
        } catch (InjectionException e) {
            throw text.problem(at("pod"), "this is no pod: " + e.getMessage());
        }
        return object;
    }

    private Features features(View view) {
        Map<String, String> variables = new HashMap<>(text.texts(given.path("environment"), at("environment")));
        if (given.has("nativeSidecars")) {
            String mode = given.path("nativeSidecars").asString("");
            text.requireKnown(mode, NATIVE, at("nativeSidecars"), "mode of native sidecars");
            variables.put("ENABLE_NATIVE_SIDECARS", mode);
        }
        String revision = given.has("revision") ? text.text(given.path("revision"), at("revision")) : "default";
        boolean silent = view == View.COMMAND_LINE && revision.equals("default");
        return Features.of(variables, silent ? "" : revision, warning -> {
            throw text.problem(at("environment"), warning);
        });
    }
}
