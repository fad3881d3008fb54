package dev.sidecarinjector.injection.decision;

import dev.sidecarinjector.injection.Decision;
import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.config.InjectConfig;
import tools.jackson.databind.node.ObjectNode;

/** Decides whether a pod is injected (spec section 4). */
public final class Decider {
    private Decider() {}

    /** The decision for a pod; on the command line selectors and policy are not read. */
    public static Decision decide(ObjectNode pod, InjectionContext context, InjectConfig config) {
        throw new UnsupportedOperationException();
    }
}
