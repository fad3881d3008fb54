package dev.sidecarinjector.injection.yaml;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Decides what a scalar becomes; asked once for each scalar of a document, in order of the text. Aliases do not ask again. */
public interface ScalarResolver {
    /**
     * The node of a value; {@link YamlReader#resolve} is YAML's own answer.
     *
     * @param text  the scalar's content, unescaped and unfolded
     * @param style as written
     * @param tag   the full tag ({@code tag:yaml.org,2002:str}), or null where none was written
     * @param start index of the scalar's first character in the text that was given to the reader (of its anchor or tag, if it has one)
     */
    JsonNode value(String text, ScalarStyle style, @Nullable String tag, int start);

    /** The name that a scalar key becomes. The default: the value that it would be, printed as JSON keys are. */
    default String key(String text, ScalarStyle style, @Nullable String tag, int start) {
        return YamlReader.keyName(value(text, style, tag, start));
    }
}
