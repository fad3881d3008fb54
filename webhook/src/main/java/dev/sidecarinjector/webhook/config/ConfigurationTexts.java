package dev.sidecarinjector.webhook.config;

import org.jspecify.annotations.Nullable;

/**
 * A complete set: what one source said at one moment.
 *
 * @param config text of the key {@code config}
 * @param values text of the key {@code values}
 * @param mesh   text of the key {@code mesh}; null where there is no such thing, which means the built-in defaults
 */
record ConfigurationTexts(String config, String values, @Nullable String mesh) {
    String meshOrDefaults() {
        return mesh == null ? "" : mesh;
    }
}
