package dev.sidecarinjector.webhook;

import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.ConfigurationException;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.templates.ShippedTemplates;
import dev.sidecarinjector.webhook.config.ConfigurationFolder;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the configuration comes from: a folder with the keys of the ConfigMaps as files, or what ships. */
public final class ConfigurationFiles {
    private ConfigurationFiles() {}

    /**
     * Reads and checks all of it.
     *
     * @param folder with {@code config}, {@code values} and perhaps {@code mesh}; null for what ships
     * @throws ConfigurationException where a file is missing or cannot be used
     */
    public static Configuration load(@Nullable Path folder, Features features) {
        if (folder == null) {
            return Configuration.load(ShippedTemplates.config(), ShippedTemplates.values(), ShippedTemplates.mesh(), features);
        }
        try (ConfigurationFolder source = new ConfigurationFolder(folder, null)) {
            return source.load(features);
        }
    }
}
