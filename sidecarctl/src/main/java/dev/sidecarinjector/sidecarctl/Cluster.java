package dev.sidecarinjector.sidecarctl;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What kube-inject may want from a cluster. Every call answers within a few seconds or fails with a {@link CommandFailure}. */
public interface Cluster extends AutoCloseable {
    /** A way to a cluster. */
    @FunctionalInterface
    interface Access {
        /** Reads the local settings; null where there are none that name a cluster. Connects to nothing yet. */
        @Nullable
        Cluster connect(ClusterSettings settings);
    }

    /** An injection webhook that runs in the cluster. */
    @FunctionalInterface
    interface Webhook {
        /** The response of an AdmissionReview for a pod. */
        ObjectNode review(ObjectNode admissionReview);
    }

    /** A value of a ConfigMap in the control plane's namespace. */
    String configMapValue(String configMap, String key);

    /** The injection webhook that is registered for a revision; null where none is, or where the registrations may not be read. */
    @Nullable
    Webhook webhook(String revision);

    /** Kubelet versions by node name; null where they may not be read. */
    @Nullable
    Map<String, String> nodes();

    @Override
    void close();
}
