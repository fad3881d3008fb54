package dev.sidecarinjector.sidecarctl;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What the commands may want from a cluster. Every call answers within a few seconds or fails with a {@link CommandFailure}. */
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
        /**
         * The response of an AdmissionReview for a pod.
         *
         * @throws UnreachableException where there is none
         */
        ObjectNode review(ObjectNode admissionReview);
    }

    /** A webhook that does not answer as one; the message says why. */
    final class UnreachableException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public UnreachableException(String message) {
            super(message, null, false, false);
        }

        @Override
        public String getMessage() {
            return String.valueOf(super.getMessage());
        }
    }

    /** A value of a ConfigMap in the control plane's namespace. */
    String configMapValue(String configMap, String key);

    /** The injection webhook that is registered for a revision; null where none is, or where the registrations may not be read. */
    @Nullable
    Webhook webhook(String revision);

    /** Kubelet versions by node name; null where they may not be read. */
    @Nullable
    Map<String, String> nodes();

    /** The ProxyConfig resources of a namespace, none where the cluster does not know such; null where they may not be read. */
    @Nullable
    List<ObjectNode> proxyConfigs(String namespace);

    /** The namespace that the kubeconfig's context names; {@code default} where it names none. */
    String namespace();

    /** An object by its path on the API server; null where it does not exist. */
    @Nullable
    ObjectNode object(String path);

    /** The same; null also where it may not be read. */
    @Nullable
    ObjectNode readableObject(String path);

    @Override
    void close();
}
