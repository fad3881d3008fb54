package dev.sidecarinjector.injection.registration;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The creation of a pod, as the API server sees it.
 *
 * @param pod             as it is created
 * @param namespace       that it is created in; empty where that is not known
 * @param namespaceLabels of that namespace; null where they are not known
 * @param complete        whether the pod comes from the API server, so that a field that is missing will not be filled in
 */
public record Admission(ObjectNode pod, String namespace, @Nullable Map<String, String> namespaceLabels, boolean complete) {
    /** Kubernetes itself gives every namespace this label. */
    static final String NAME_LABEL = "kubernetes.io/metadata.name";

    public Admission {
        namespaceLabels = namespaceLabels == null ? null : Map.copyOf(namespaceLabels);
    }

    public Admission withPod(ObjectNode changed) {
        return new Admission(changed, namespace, namespaceLabels, complete);
    }

    public Admission withNamespaceLabels(Map<String, String> changed) {
        return new Admission(pod, namespace, changed, complete);
    }

    /** Whether it can be said what the namespace's label is. */
    boolean knows(String namespaceLabel) {
        return namespaceLabels != null || (namespaceLabel.equals(NAME_LABEL) && !namespace.isEmpty());
    }

    @Nullable
    String namespaceLabel(String name) {
        String value = namespaceLabels == null ? null : namespaceLabels.get(name);
        return value == null && name.equals(NAME_LABEL) && !namespace.isEmpty() ? namespace : value;
    }
}
