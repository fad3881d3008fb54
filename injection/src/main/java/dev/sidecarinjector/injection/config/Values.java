package dev.sidecarinjector.injection.config;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The values text (spec section 2.2): the untyped map that templates read, and the few settings that the engine reads itself. */
public final class Values {
    private final JsonNode tree;

    Values(JsonNode tree) {
        this.tree = tree;
    }

    /** The tree as read; never null. */
    public JsonNode tree() {
        return tree;
    }

    /** The map as templates see it: immutable, all numbers doubles; null where the text held nothing. */
    public @Nullable Object go() {
        throw new UnsupportedOperationException();
    }

    /** {@code global.hub}, and so on: printed as text from any scalar, empty when absent. */
    public String text(String... path) {
        throw new UnsupportedOperationException();
    }

    /** A boolean at a path, or the fallback when it is absent. */
    public boolean flag(boolean fallback, String... path) {
        throw new UnsupportedOperationException();
    }
}
