package dev.sidecarinjector.webhook;

import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.ConfigurationException;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.templates.ShippedTemplates;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
        String config = read(folder.resolve("config"));
        String values = read(folder.resolve("values"));
        Path mesh = folder.resolve("mesh");
        String meshText = Files.exists(mesh) ? read(mesh) : "";
        try {
            return Configuration.load(config, values, meshText, features);
        } catch (ConfigurationException e) {
            throw new ConfigurationException("the configuration in " + folder + " cannot be used: " + e.getMessage());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException _) {
            throw new ConfigurationException(
                    file + ": no such file; --config-dir needs a folder with the files config and values, and optionally mesh");
        } catch (CharacterCodingException _) {
            throw new ConfigurationException(file + ": not a text in UTF-8");
        } catch (IOException e) {
            throw new ConfigurationException(file + ": cannot be read: " + e);
        }
    }
}
