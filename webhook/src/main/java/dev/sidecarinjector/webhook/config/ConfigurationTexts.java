package dev.sidecarinjector.webhook.config;

import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.injection.config.Values;
import dev.sidecarinjector.injection.jsonschema.JsonSchema;
import dev.sidecarinjector.templates.ShippedTemplates;
import dev.sidecarinjector.webhook.observe.ConfigurationReport;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A complete set: what one source said at one moment.
 *
 * @param config text of the key {@code config}
 * @param values text of the key {@code values}
 * @param mesh   text of the key {@code mesh}; null where there is no such thing, which means the built-in defaults
 */
record ConfigurationTexts(String config, String values, @Nullable String mesh) {
    private static final JsonSchema VALUES = JsonSchema.parse(ShippedTemplates.valuesSchema());

    String meshOrDefaults() {
        return mesh == null ? "" : mesh;
    }

    /** @throws ConfigurationException where one of the texts cannot be used; then nothing of the others is */
    Configuration parse(Features features) {
        return Configuration.load(config, Values.parse(values, VALUES), meshOrDefaults(), features);
    }

    /** The configuration that was made of these, for a person. */
    JsonNode describe(Configuration configuration, String place, Instant loaded) {
        return ConfigurationReport.of(configuration, config, values, meshOrDefaults(), place, loaded);
    }
}
