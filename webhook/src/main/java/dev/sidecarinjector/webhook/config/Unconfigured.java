package dev.sidecarinjector.webhook.config;

import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.InjectionException;
import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.webhook.admission.Engine;
import tools.jackson.databind.node.ObjectNode;

/** The engine before the first configuration: the server is not ready then, and a review that comes nevertheless learns why it is refused. */
public final class Unconfigured implements Engine {
    @Override
    public Injection inject(ObjectNode pod, InjectionContext context) {
        throw new InjectionException(Reason.INTERNAL_ERROR,
                "the injector has no configuration yet; its readiness says why (/healthz/ready)");
    }
}
