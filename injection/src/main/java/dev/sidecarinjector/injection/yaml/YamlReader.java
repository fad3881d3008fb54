package dev.sidecarinjector.injection.yaml;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads YAML as the peer does (spec section 9.6): YAML 1.1 scalars, merge keys, anchors, last duplicate key wins. Every node of a tree is its
 * own object, also where the text had an alias.
 */
public final class YamlReader {
    private YamlReader() {}

    /**
     * The first document of a text; a missing one is a NullNode. What follows the first document is not looked at.
     *
     * @throws YamlException with line, column and what was expected
     */
    public static JsonNode read(String text) {
        return Composer.read(text, null);
    }

    /** The same, with a say in what each scalar becomes. */
    public static JsonNode read(String text, ScalarResolver resolver) {
        return Composer.read(text, resolver);
    }

    /** The value of a plain scalar: boolean, number, null or string node. An infinity or NaN, which JSON lacks, is a YamlException. */
    public static JsonNode resolvePlain(String text) {
        return PlainScalar.resolve(text);
    }

    /** The value of any scalar without a resolver's say. */
    public static JsonNode resolve(String text, ScalarStyle style, @Nullable String tag) {
        return PlainScalar.resolve(text, style, tag);
    }

    /** How a scalar that stands as a key is named in JSON: {@code 012: x} has the key {@code 10}; null is refused. */
    public static String keyName(JsonNode key) {
        return PlainScalar.keyName(key);
    }
}
