package dev.sidecarinjector.webhook.config;

import io.fabric8.kubernetes.api.model.ObjectReference;
import org.jspecify.annotations.Nullable;

/** A place that a configuration is read from, again and again. */
public abstract sealed class ConfigurationSource implements AutoCloseable permits ConfigurationFolder, ConfigurationMaps {
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
