package dev.sidecarinjector.conformance;

import dev.sidecarinjector.injection.annotation.Setting;
import dev.sidecarinjector.injection.annotation.Settings;
import dev.sidecarinjector.templates.ShippedTemplates;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** The keys that the schema of the values describes, in its order. */
final class ValuesKeys {
    static final JsonNode SCHEMA = ConformanceData.JSON.readTree(ShippedTemplates.valuesSchema());
    private static final Pattern FALLBACK = Pattern.compile("`([^`]+)` of the values.*");

    private ValuesKeys() {}

    /**
     * One key.
     *
     * @param path        from the root, with dots
     * @param schema      what is said of it
     * @param isSection   it only holds other keys
     * @param annotations by which a pod says otherwise, as the table of settings knows them
     */
    record Key(String path, JsonNode schema, boolean isSection, List<String> annotations) {
        int depth() {
            return path.split("\\.", -1).length - 1;
        }

        String name() {
            return path.substring(path.lastIndexOf('.') + 1);
        }

        String topic() {
            return schema.path("x-topic").asString("");
        }

        String meaning() {
            return schema.path("description").asString("");
        }

        /** What fits, in words, without the hint that messages give. */
        String expected() {
            String reference = schema.path("$ref").asString("");
            JsonNode rules = reference.isEmpty() ? schema : SCHEMA.at(reference.substring(1));
            return rules.path("x-expected").asString("a map").replaceFirst(" \\(.*\\)$", "");
        }

        boolean hasDefault() {
            return schema.has("default");
        }
    }

    static List<Key> all() {
        List<Key> keys = new ArrayList<>();
        collect("", SCHEMA, keys);
        return keys;
    }

    /** Those that hold a value of their own. */
    static List<Key> leaves() {
        return all().stream().filter(key -> !key.isSection).toList();
    }

    private static void collect(String prefix, JsonNode schema, List<Key> keys) {
        schema.path("properties").properties().forEach(property -> {
            String path = prefix + property.getKey();
            keys.add(new Key(path, property.getValue(), property.getValue().has("properties"), annotations(path)));
            collect(path + ".", property.getValue(), keys);
        });
    }

    private static List<String> annotations(String path) {
        return Settings.table().stream().filter(setting -> {
            Matcher fallback = FALLBACK.matcher(setting.fallback());
            return fallback.matches() && fallback.group(1).equals(path);
        }).map(setting -> (setting.kind() == Setting.Kind.LABEL ? "label " : "") + setting.name()).toList();
    }
}
