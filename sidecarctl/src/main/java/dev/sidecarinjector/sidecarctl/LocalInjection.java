package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.InjectionContext.View;
import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.Owner;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** The engine in this process. ProxyConfigs are looked for only when a pod is injected at all. */
record LocalInjection(Injector injector, @Nullable Map<String, String> nodes, ProxyConfigs proxyConfigs) implements PodInjection {
    @Override
    public Outcome inject(ObjectNode pod, @Nullable Owner owner) {
        String namespace = pod.path("metadata").path("namespace").asString("");
        Injection injection = inject(pod, namespace, owner, List.of());
        List<ObjectNode> resources = injection.pod() == null ? List.of() : proxyConfigs.of(namespace);
        if (!resources.isEmpty()) {
            injection = inject(pod, namespace, owner, resources);
        }
        return PodInjection.outcome(injection);
    }

    private Injection inject(ObjectNode pod, String namespace, @Nullable Owner owner, List<ObjectNode> resources) {
        return injector.inject(pod, new InjectionContext(View.COMMAND_LINE, namespace, owner, Map.of(), nodes, null, resources));
    }
}
