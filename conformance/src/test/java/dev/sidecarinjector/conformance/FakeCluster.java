package dev.sidecarinjector.conformance;

import dev.sidecarinjector.webhook.admission.ClusterView;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A cluster that holds what it was made of. */
record FakeCluster(@Nullable Map<String, String> nodes, Map<String, Map<String, String>> namespaces, List<ObjectNode> proxyConfigs)
        implements
            ClusterView {
    /** The cluster that the cases were made with. */
    static FakeCluster of(GoldenCase golden) {
        Map<String, String> nodes = new HashMap<>();
        golden.kubelets().forEach(version -> nodes.put("node" + nodes.size(), version));
        String range = "1000620000/10000";
        Map<String, String> annotations = Map.of("openshift.io/sa.scc.uid-range", range, "openshift.io/sa.scc.supplemental-groups", range);
        return new FakeCluster(nodes, golden.openshift() ? Map.of("test-ns", annotations) : Map.of(), List.of());
    }

    @Override
    public @Nullable Map<String, String> namespaceAnnotations(String namespace) {
        return namespaces.get(namespace);
    }

    @Override
    public List<ObjectNode> proxyConfigs(String namespace) {
        return proxyConfigs;
    }
}
