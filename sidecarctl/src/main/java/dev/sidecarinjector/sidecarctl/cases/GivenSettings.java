package dev.sidecarinjector.sidecarctl.cases;

import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.injection.yaml.YamlDocument;
import dev.sidecarinjector.injection.yaml.YamlDocuments;
import dev.sidecarinjector.injection.yaml.YamlException;
import dev.sidecarinjector.injection.yaml.YamlReader;
import dev.sidecarinjector.sidecarctl.Input;
import dev.sidecarinjector.templates.ShippedTemplates;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The configuration of a case: what ships, or files in its place, and over them what the case itself says. */
final class GivenSettings {
    /** Read once, when it is first needed: that takes longer than an injection, and most cases lay something over it. */
    private static final class Shipped {
        static final String CONFIG = ShippedTemplates.config();
        static final ObjectNode TREE = tree(CONFIG, "the config that ships");
    }

    private final CaseText text;
    private final ObjectNode given;
    private final List<String> path;

    GivenSettings(CaseText text, ObjectNode given, List<String> path) {
        this.text = text;
        this.given = given;
        this.path = path;
    }

    Given.Settings read(Features features) {
        Map<String, String> maps = configMaps();
        String config = part("config", maps.getOrDefault("config", Shipped.CONFIG), templates());
        String values = part("values", maps.getOrDefault("values", ShippedTemplates.values()), given.objectNode());
        String mesh = part("mesh", maps.getOrDefault("mesh", ShippedTemplates.mesh()), given.objectNode());
        return new Given.Settings(config, values, mesh, features);
    }

    /** The text of a file or, without one, the given text; where something is laid over it, as one tree. */
    private String part(String name, String otherwise, ObjectNode more) {
        String file = given.path(name + "File").asString("");
        ObjectNode over = MergePatch.both(more, text.map(given.path(name), CaseText.below(path, name)));
        String base = file.isEmpty() ? otherwise : Input.text(file, text.environment());
        if (over.isEmpty()) {
            return base;
        }
        ObjectNode tree = base.equals(Shipped.CONFIG) ? Shipped.TREE : tree(base, file.isEmpty() ? "the " + name : file);
        return MergePatch.of(tree, over).toString();
    }

    private ObjectNode templates() {
        ObjectNode config = given.objectNode();
        given.path("templates").properties().forEach(entry -> config.withObject("/templates").put(entry.getKey(),
                Input.text(entry.getValue().asString(), text.environment())));
        return config;
    }

    /** The texts {@code config}, {@code values} and {@code mesh} of the ConfigMaps in some files. */
    private Map<String, String> configMaps() {
        Map<String, String> texts = new HashMap<>();
        for (JsonNode file : given.path("configMaps")) {
            int before = texts.size();
            for (JsonNode object : documents(file.asString())) {
                for (String key : List.of("config", "values", "mesh")) {
                    if (object.path("kind").asString("").equals("ConfigMap") && object.path("data").has(key)
                            && texts.put(key, object.path("data").path(key).asString("")) != null) {
                        throw text.problem(CaseText.below(path, "configMaps"), "two ConfigMaps have the key " + key);
                    }
                }
            }
            if (texts.size() == before) {
                throw text.problem(CaseText.below(path, "configMaps"),
                        file.asString() + " has no ConfigMap with a key config, values or mesh");
            }
        }
        return texts;
    }

    private List<JsonNode> documents(String file) {
        List<JsonNode> all = new ArrayList<>();
        byte[] bytes = Input.text(file, text.environment()).getBytes(StandardCharsets.UTF_8);
        try {
            YamlDocuments documents = new YamlDocuments(new ByteArrayInputStream(bytes));
            for (YamlDocument document = documents.next(); document != null; document = documents.next()) {
                all.add(document.read());
            }
        } catch (YamlException e) {
            throw new CaseProblem(file + ":" + e.line(), String.valueOf(e.getMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    /** The map that a file holds. */
    static ObjectNode tree(String file, CaseText text) {
        return tree(Input.text(file, text.environment()), file);
    }

    private static ObjectNode tree(String content, String name) {
        try {
            if (YamlReader.read(content) instanceof ObjectNode tree) {
                return tree;
            }
        } catch (YamlException e) {
            throw new CaseProblem(name + ":" + e.line(), String.valueOf(e.getMessage()));
        }
        throw new CaseProblem(name, "expected a map");
    }
}
