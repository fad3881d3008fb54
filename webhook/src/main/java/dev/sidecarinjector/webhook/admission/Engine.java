package dev.sidecarinjector.webhook.admission;

import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.InjectionContext;
import tools.jackson.databind.node.ObjectNode;

/** The engine as admissions see it: {@code injector::inject}. */
@FunctionalInterface
public interface Engine {
    Injection inject(ObjectNode pod, InjectionContext context);
}
