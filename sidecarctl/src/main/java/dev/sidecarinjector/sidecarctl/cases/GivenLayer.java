package dev.sidecarinjector.sidecarctl.cases;

import dev.sidecarinjector.sidecarctl.cases.CaseText.Item;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What one place says about {@code given}: its keys are checked there, and names of files are resolved before the places are merged. */
final class GivenLayer {
    static final List<String> KEYS = List.of("as", "pod", "podFile", "namespace", "revision", "nativeSidecars", "nodes", "values",
            "valuesFile", "mesh", "meshFile", "config", "configFile", "templates", "configMaps", "proxyConfigs", "proxyEnv", "environment");
    static final List<String> NAMESPACE_KEYS = List.of("name", "labels", "annotations");
    static final List<String> CONFIG_KEYS = List.of("policy", "defaultTemplates", "templates", "aliases", "neverInjectSelector",
            "alwaysInjectSelector", "injectedAnnotations");

    private GivenLayer() {}

    static ObjectNode read(CaseText text, JsonNode node, List<String> path) {
        ObjectNode layer = text.map(node, path, KEYS).deepCopy();
        for (String key : List.of("podFile", "valuesFile", "meshFile", "configFile")) {
            resolve(text, layer, key, path);
        }
        text.map(layer.path("config"), CaseText.below(path, "config"), CONFIG_KEYS);
        List<String> namespacePath = CaseText.below(path, "namespace");
        if (layer.path("namespace").isString()) {
            layer.putObject("namespace").put("name", node.path("namespace").stringValue());
        }
        text.map(layer.path("namespace"), namespacePath, NAMESPACE_KEYS);
        List<String> templatesPath = CaseText.below(path, "templates");
        ObjectNode templates = text.map(layer.path("templates"), templatesPath);
        for (String name : List.copyOf(templates.propertyNames())) {
            resolve(text, templates, name, templatesPath);
        }
        if (layer.has("configMaps")) {
            ArrayNode files = layer.arrayNode();
            for (Item item : text.items(layer.path("configMaps"), CaseText.below(path, "configMaps"))) {
                files.add(text.file(item.node(), item.path()));
            }
            layer.set("configMaps", files);
        }
        return layer;
    }

    private static void resolve(CaseText text, ObjectNode map, String key, List<String> path) {
        JsonNode file = map.path(key);
        if (!file.isMissingNode() && !file.isNull()) {
            map.put(key, text.file(file, CaseText.below(path, key)));
        }
    }
}
