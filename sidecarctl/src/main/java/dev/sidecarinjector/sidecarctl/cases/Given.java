package dev.sidecarinjector.sidecarctl.cases;

import dev.sidecarinjector.injection.InjectionContext.View;
import dev.sidecarinjector.injection.config.Features;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a case starts from.
 *
 * @param view                 who injects
 * @param object               a pod or a workload
 * @param namespace            that the pod is created in; empty where nothing says
 * @param namespaceLabels      null: nobody asks whether the API server would call the injector
 * @param namespaceAnnotations of the pod's namespace, or null
 * @param nodes                kubelet versions by node name, or null
 * @param proxyEnv             variables from the webhook's URL
 */
public record Given(View view, ObjectNode object, String namespace, @Nullable Map<String, String> namespaceLabels,
        @Nullable Map<String, String> namespaceAnnotations, @Nullable Map<String, String> nodes, Map<String, String> proxyEnv,
        List<ObjectNode> proxyConfigs, Settings settings) {
    public Given {
        proxyEnv = Map.copyOf(proxyEnv);
        proxyConfigs = List.copyOf(proxyConfigs);
    }

    /** What an operator configures; cases with the same settings share an engine. */
    public record Settings(String config, String values, String mesh, Features features) {}

    boolean commandLine() {
        return view == View.COMMAND_LINE;
    }
}
