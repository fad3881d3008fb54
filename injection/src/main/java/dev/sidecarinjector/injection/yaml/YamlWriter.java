package dev.sidecarinjector.injection.yaml;

import java.io.IOException;
import java.io.UncheckedIOException;
import tools.jackson.databind.JsonNode;

/** Writes trees as the peer prints YAML (spec section 18): sorted keys, unindented sequences, folded long scalars. */
public final class YamlWriter {
    private YamlWriter() {}

    /** Appends the document's text with a trailing newline. */
    public static void write(JsonNode node, Appendable out) {
        if (out instanceof StringBuilder builder) {
            new Emitter(builder).document(node);
            return;
        }
        try {
            out.append(toString(node));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String toString(JsonNode node) {
        StringBuilder out = new StringBuilder(4096);
        new Emitter(out).document(node);
        return out.toString();
    }
}
