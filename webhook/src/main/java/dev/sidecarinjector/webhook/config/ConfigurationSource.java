package dev.sidecarinjector.webhook.config;

import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.ConfigurationException;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.webhook.config.Reading.Complete;
import dev.sidecarinjector.webhook.config.Reading.Incomplete;
import dev.sidecarinjector.webhook.config.Reading.Unknown;
import io.fabric8.kubernetes.api.model.ObjectReference;
import org.jspecify.annotations.Nullable;

/** A place that a configuration is read from, again and again. */
public abstract sealed class ConfigurationSource implements AutoCloseable permits ConfigurationFolder, ConfigurationMaps {
    /**
     * Reads and checks what is there now, once.
     *
     * @throws ConfigurationException where it cannot be used
     */
    public Configuration load(Features features) {
        return parse(complete(), features);
    }

    ConfigurationTexts complete() {
        return switch (read()) {
            case Complete(ConfigurationTexts texts) -> texts;
            case Incomplete(Reading.Culprit _, String problem) -> throw new ConfigurationException(problem);
            case Unknown(String why) -> throw new ConfigurationException(place() + ": " + why);
        };
    }

    Configuration parse(ConfigurationTexts texts, Features features) {
        try {
            return texts.parse(features);
        } catch (ConfigurationException e) {
            throw new ConfigurationException("the configuration in " + place() + " cannot be used: " + e.getMessage());
        }
    }

    /** Where it is, for messages: {@code the folder /etc/istio/config}. */
    abstract String place();

    /** What is there now. */
    abstract Reading read();

    /** Calls back, on any thread, whenever there may be something new; once right after the beginning. */
    abstract void watch(Runnable changed);

    /** The object that Events about a fault belong to; null where there is none. */
    abstract @Nullable ObjectReference about(Reading.Culprit culprit);

    @Override
    public abstract void close();
}
