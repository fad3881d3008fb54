package dev.sidecarinjector.injection;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is known about a pod besides the pod.
 *
 * @param view                 whose rules apply where webhook and command line differ
 * @param namespace            of the request, or empty
 * @param owner                the workload where the caller knows it; null: worked out from the pod's owner references
 * @param proxyEnv             variables for the proxy from the webhook's URL, by name
 * @param nodes                kubelet versions by node name, or null where no cluster is known
 * @param namespaceAnnotations of the pod's namespace, or null where it is not known (read on OpenShift only)
 * @param proxyConfigs         ProxyConfig resources of the root namespace and of the pod's, in no order
 */
public record InjectionContext(View view, String namespace, @Nullable Owner owner, Map<String, String> proxyEnv,
        @Nullable Map<String, String> nodes, @Nullable Map<String, String> namespaceAnnotations, List<ObjectNode> proxyConfigs) {
    /** The two front ends. */
    public enum View {
        WEBHOOK, COMMAND_LINE
    }

    /** A pod that the API server sends. */
    public static InjectionContext webhook(String namespace, Map<String, String> proxyEnv) {
        return new InjectionContext(View.WEBHOOK, namespace, null, proxyEnv, null, null, List.of());
    }

    /** A pod template out of a manifest. */
    public static InjectionContext commandLine(String namespace, @Nullable Owner owner) {
        return new InjectionContext(View.COMMAND_LINE, namespace, owner, Map.of(), null, null, List.of());
    }
}
