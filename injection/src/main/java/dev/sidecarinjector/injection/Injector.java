package dev.sidecarinjector.injection;

import dev.sidecarinjector.injection.config.Configuration;
import tools.jackson.databind.node.ObjectNode;

/** The one engine: for one configuration, any number of pods, from any number of threads. */
public final class Injector {
    private final Configuration configuration;

    public Injector(Configuration configuration) {
        this.configuration = configuration;
    }

    public Configuration configuration() {
        return configuration;
    }

    /** Decides about a pod and injects it. The pod is not modified. */
    public Injection inject(ObjectNode pod, InjectionContext context) {
        throw new UnsupportedOperationException();
    }
}
