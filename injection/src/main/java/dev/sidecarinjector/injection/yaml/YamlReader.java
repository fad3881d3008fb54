package dev.sidecarinjector.injection.yaml;

import tools.jackson.databind.JsonNode;

/** Reads YAML as the peer does (spec section 9.6): YAML 1.1 scalars, merge keys, anchors, last duplicate key wins. */
public final class YamlReader {
    private YamlReader() {}

    /**
     * The first document of a text; a missing one is a NullNode.
     *
     * @throws YamlException with line, column and what was expected
     */
    public static JsonNode read(String text) {
        throw new UnsupportedOperationException();
    }

    /** The value of a plain scalar: boolean, number, null or string node. */
    public static JsonNode resolvePlain(String text) {
        throw new UnsupportedOperationException();
    }
}
