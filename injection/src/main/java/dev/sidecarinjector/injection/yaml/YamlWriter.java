package dev.sidecarinjector.injection.yaml;

import tools.jackson.databind.JsonNode;

/** Writes trees as the peer prints YAML (spec section 18): sorted keys, unindented sequences, folded long scalars. */
public final class YamlWriter {
    private YamlWriter() {}

    /** The document's text with a trailing newline; appended to out. */
    public static void write(JsonNode node, Appendable out) {
        throw new UnsupportedOperationException();
    }

    public static String toString(JsonNode node) {
        StringBuilder out = new StringBuilder();
        write(node, out);
        return out.toString();
    }
}
