package dev.sidecarinjector.webhook.server;

import dev.sidecarinjector.injection.Decision;
import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.injection.Warning;
import dev.sidecarinjector.webhook.admission.Engine;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.node.ObjectNode;

/** Does what the pod's annotation {@code do} says, so that the protocol is tested apart from the injection. */
final class StubEngine implements Engine {
    final AtomicReference<InjectionContext> seen = new AtomicReference<>();

    @Override
    public Injection inject(ObjectNode pod, InjectionContext context) {
        seen.set(context);
        return switch (pod.path("metadata").path("annotations").path("do").asString("")) {
            case "skip" -> new Injection(new Decision(Reason.SWITCH_OFF, List.of()), null, List.of(), null);
            case "refuse" -> new Injection(new Decision(Reason.INVALID_ANNOTATION, List.of()), null, List.of(), "annotation do: bad");
            case "fail" -> throw new IllegalStateException("a bug");
            case "overflow" -> throw new StackOverflowError();
            case "warn" -> new Injection(new Decision(Reason.POLICY_ENABLED, List.of()), injected(pod),
                    List.of(new Warning("odd", "annotation do", "mend it")), null);
            default -> new Injection(new Decision(Reason.POLICY_ENABLED, List.of()), injected(pod), List.of(), null);
        };
    }

    private static ObjectNode injected(ObjectNode pod) {
        ObjectNode result = pod.deepCopy();
        result.withObject("/metadata").put("injected", true);
        return result;
    }
}
