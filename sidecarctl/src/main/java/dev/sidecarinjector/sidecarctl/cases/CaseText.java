package dev.sidecarinjector.sidecarctl.cases;

import dev.sidecarinjector.injection.spelling.Spelling;
import dev.sidecarinjector.injection.yaml.YamlException;
import dev.sidecarinjector.injection.yaml.YamlLines;
import dev.sidecarinjector.injection.yaml.YamlReader;
import dev.sidecarinjector.sidecarctl.Environment;
import dev.sidecarinjector.sidecarctl.Input;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A YAML file that a person wrote for this program, with the line of every key.
 *
 * @param name  as shown in messages, relative to where the program runs
 * @param used  collects the names of the other files that it mentions
 */
record CaseText(String name, ObjectNode root, YamlLines lines, Environment environment, Set<String> used) {
    static CaseText read(String name, Environment environment, Set<String> used) {
        String text = Input.text(name, environment);
        try {
            YamlLines lines = YamlLines.of(text);
            if (YamlReader.read(text) instanceof ObjectNode root) {
                return new CaseText(name, root, lines, environment, used);
            }
        } catch (YamlException e) {
            throw new CaseProblem(name + ":" + e.line(), String.valueOf(e.getMessage()));
        }
        throw new CaseProblem(name + ":1", "expected a map with the keys " + CaseFile.KEYS);
    }

    String place(List<String> path) {
        return name + ":" + lines.line(path);
    }

    CaseProblem problem(List<String> path, String message) {
        return new CaseProblem(place(path), message);
    }

    /** The map at a path; an empty one where there is none. */
    ObjectNode map(JsonNode node, List<String> path) {
        if (node instanceof ObjectNode map) {
            return map;
        }
        if (node.isMissingNode()) {
            return root.objectNode();
        }
        throw problem(path, "expected a map at " + path.getLast() + ", found " + shown(node));
    }

    /** The same, with no other keys than those that are known. */
    ObjectNode map(JsonNode node, List<String> path, List<String> known) {
        ObjectNode map = map(node, path);
        for (String key : map.propertyNames()) {
            requireKnown(key, known, below(path, key), "key");
        }
        return map;
    }

    void requireKnown(String word, List<String> known, List<String> path, String what) {
        if (!known.contains(word)) {
            String nearest = Spelling.nearest(word, known);
            throw problem(path, "unknown " + what + " \"" + word + "\"; "
                    + (nearest == null ? "known are " + String.join(", ", known) : "did you mean \"" + nearest + "\"?"));
        }
    }

    String text(JsonNode node, List<String> path) {
        if (!node.isString()) {
            throw problem(path, "expected text at " + path.getLast() + ", found " + shown(node)
                    + (node.isValueNode() ? "; put it in quotes" : ""));
        }
        return node.stringValue();
    }

    boolean flag(JsonNode node, List<String> path) {
        if (!node.isBoolean()) {
            throw problem(path, "expected true or false at " + path.getLast() + ", found " + shown(node));
        }
        return node.booleanValue();
    }

    /** Each item of a list with its path; one value alone counts as a list of one. */
    List<Item> items(JsonNode node, List<String> path) {
        List<Item> items = new ArrayList<>();
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                items.add(new Item(node.get(i), below(path, Integer.toString(i))));
            }
        } else if (!node.isMissingNode()) {
            items.add(new Item(node, path));
        }
        return items;
    }

    record Item(JsonNode node, List<String> path) {}

    Map<String, String> texts(JsonNode node, List<String> path) {
        Map<String, String> texts = new HashMap<>();
        map(node, path).properties().forEach(entry -> texts.put(entry.getKey(), text(entry.getValue(), below(path, entry.getKey()))));
        return texts;
    }

    /** The name of a file beside this one, as this program opens it; from now on the file counts as used. */
    String file(JsonNode node, List<String> path) {
        String file = Path.of(name).resolveSibling(text(node, path)).normalize().toString();
        if (!Files.isRegularFile(environment.file(file))) {
            throw problem(path, "there is no file " + file + " (names are relative to the file that holds them)");
        }
        used.add(file);
        return file;
    }

    static List<String> below(List<String> path, String key) {
        List<String> below = new ArrayList<>(path);
        below.add(key);
        return below;
    }

    static String shown(JsonNode node) {
        return node.isMissingNode() ? "nothing" : node.toString();
    }
}
