package dev.sidecarinjector.templates;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The injection templates and default settings that ship, as the three texts that an operator would otherwise supply. */
public final class ShippedTemplates {
    /** Names of the templates, in the order of the config text. */
    public static final List<String> NAMES = List.of("sidecar", "gateway", "grpc-simple", "grpc-agent", "envoy", "mosn");

    private ShippedTemplates() {}

    /** YAML of the ConfigMap key {@code config}: policy, defaults, selectors and all templates. */
    public static String config() {
        StringBuilder text = new StringBuilder(resource("config.yaml")).append("templates:\n");
        for (String name : NAMES) {
            text.append("  ").append(name).append(": |\n");
            appendIndented(template(name), text);
        }
        return text.toString();
    }

    /** JSON of the ConfigMap key {@code values}. */
    public static String values() {
        return resource("values.json");
    }

    /** JSON Schema (draft 2020-12) of the values: the type, default and meaning of every key that a shipped template or the engine reads. */
    public static String valuesSchema() {
        return resource("values.schema.json");
    }

    /** YAML of the mesh settings that differ from the built-in ones. */
    public static String mesh() {
        return resource("mesh.yaml");
    }

    /**
     * The text of one template.
     *
     * @throws IllegalArgumentException for a name that is not in {@link #NAMES}
     */
    public static String template(String name) {
        if (!NAMES.contains(name)) {
            throw new IllegalArgumentException("no shipped template is named \"" + name + "\"; there are " + NAMES);
        }
        return resource(name + ".gotmpl");
    }

    private static void appendIndented(String text, StringBuilder out) {
        for (int start = 0; start < text.length();) {
            int end = text.indexOf('\n', start);
            if (end < 0) {
                end = text.length();
            }
            if (end > start) {
                out.append("    ").append(text, start, end);
            }
            out.append('\n');
            start = end + 1;
        }
    }

    private static String resource(String name) {
        try (InputStream in = ShippedTemplates.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("the program is incomplete: its resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
