package dev.sidecarinjector.injection.config;

import dev.sidecarinjector.gotemplate.Coverage;
import dev.sidecarinjector.gotemplate.Function;
import dev.sidecarinjector.gotemplate.Template;
import dev.sidecarinjector.gotemplate.TemplateException;
import dev.sidecarinjector.injection.yaml.YamlException;
import dev.sidecarinjector.injection.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the injector's own configuration (spec section 2.1); keys that it doesn't know are ignored, also a {@code template} of old times. */
final class InjectConfigReader {
    private static final List<String> DEFAULT_TEMPLATES = List.of("sidecar");
    private static final Set<String> KEYS = Set.of("policy", "defaultTemplates", "templates", "aliases", "neverInjectSelector",
            "alwaysInjectSelector", "injectedAnnotations");

    private final JsonNode tree;
    private final Map<String, Function> functions;
    private final @Nullable Coverage coverage;
    private final List<String> warnings;

    private InjectConfigReader(JsonNode tree, Map<String, Function> functions, @Nullable Coverage coverage, List<String> warnings) {
        this.tree = tree;
        this.functions = functions;
        this.coverage = coverage;
        this.warnings = warnings;
    }

    /**
     * @param functions what templates may call
     * @param coverage  counts the branches of templates, or null
     * @param warnings  gets what the operator should know
     * @throws ConfigurationException where the text or one of its templates cannot be used
     */
    static InjectConfig read(String text, Map<String, Function> functions, @Nullable Coverage coverage, List<String> warnings) {
        JsonNode tree;
        try {
            tree = YamlReader.read(text);
        } catch (YamlException e) {
            throw new ConfigurationException("config: line " + e.line() + ", column " + e.column() + ": " + e.getMessage());
        }
        if (!tree.isObject() && !tree.isNull()) {
            throw new ConfigurationException("config: expected a map (policy, templates, …), found " + tree.getNodeType());
        }
        return new InjectConfigReader(tree, functions, coverage, warnings).config();
    }

    private InjectConfig config() {
        Map<String, Template> templates = templates();
        if (templates.isEmpty()) {
            warnings.add("config: no templates; no pod can be injected");
        }
        String policy = text(tree.path("policy"), "policy");
        if (!policy.equals("enabled") && !policy.equals("disabled")) {
            warnings.add("config: policy is \"" + policy + "\"; no pod is injected unless it is enabled or disabled");
        }
        tree.propertyNames().stream().filter(key -> !KEYS.contains(key))
                .forEach(key -> warnings.add("config: the key " + key + " is not known and is ignored"));
        List<String> defaults = texts(tree.path("defaultTemplates"), "defaultTemplates");
        Map<String, List<String>> aliases = new LinkedHashMap<>();
        fields(tree.path("aliases"), "aliases").forEach((name, list) -> aliases.put(name, texts(list, "aliases." + name)));
        Map<String, String> annotations = new LinkedHashMap<>();
        fields(tree.path("injectedAnnotations"), "injectedAnnotations")
                .forEach((name, value) -> annotations.put(name, text(value, "injectedAnnotations." + name)));
        return new InjectConfig(policy, defaults.isEmpty() ? DEFAULT_TEMPLATES : defaults, templates, aliases,
                selectors("neverInjectSelector"), selectors("alwaysInjectSelector"), annotations);
    }

    private Map<String, Template> templates() {
        Map<String, Template> templates = new LinkedHashMap<>();
        fields(tree.path("templates"), "templates").forEach((name, node) -> {
            try {
                templates.put(name, Template.parse(name, text(node, "templates." + name), functions, coverage));
            } catch (TemplateException e) {
                throw new ConfigurationException("config: the template \"" + name + "\" cannot be parsed: " + e.getMessage());
            }
        });
        return templates;
    }

    /** Selectors that cannot be read are left out, with a warning. */
    private List<LabelSelector> selectors(String key) {
        List<LabelSelector> selectors = new ArrayList<>();
        JsonNode list = tree.path(key);
        for (int i = 0; i < list.size(); i++) {
            try {
                selectors.add(LabelSelector.parse(list.get(i)));
            } catch (ConfigurationException e) {
                warnings.add("config: " + key + "[" + i + "] is ignored: " + e.getMessage());
            }
        }
        return selectors;
    }

    private static Map<String, JsonNode> fields(JsonNode node, String path) {
        if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
            throw new ConfigurationException("config: " + path + ": expected a map (name: value), found " + node.getNodeType());
        }
        Map<String, JsonNode> fields = new LinkedHashMap<>();
        node.properties().forEach(entry -> fields.put(entry.getKey(), entry.getValue()));
        return fields;
    }

    private static List<String> texts(JsonNode node, String path) {
        if (!node.isMissingNode() && !node.isNull() && !node.isArray()) {
            throw new ConfigurationException("config: " + path + ": expected a list of names, found " + node.getNodeType());
        }
        List<String> texts = new ArrayList<>(node.size());
        for (JsonNode element : node) {
            texts.add(text(element, path));
        }
        return List.copyOf(texts);
    }

    private static String text(JsonNode node, String path) {
        if (node.isMissingNode() || node.isNull()) {
            return "";
        }
        if (!node.isString()) {
            throw new ConfigurationException("config: " + path + ": expected text, found " + node.getNodeType() + "; put it in quotes");
        }
        return node.stringValue();
    }
}
