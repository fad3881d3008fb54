package dev.sidecarinjector.injection.config;

import dev.sidecarinjector.injection.config.Features.NativeMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Whether the cluster's nodes can run the proxy as a native sidecar (spec section 7.4). */
public final class NativeSidecars {
    /** From this minor version on kubelets run native sidecars in a way that the proxy can rely on. */
    private static final int MINOR = 33;

    private NativeSidecars() {}

    /**
     * @param nodes    kubelet versions by node name, as {@link KubeletVersions} where many pods will ask; null where no cluster is known,
     *                 which counts as no
     * @param nodeName the node that the pod is bound to, or empty; where it is known it decides alone
     */
    public static boolean detect(NativeMode mode, @Nullable Map<String, String> nodes, String nodeName) {
        return switch (mode) {
            case ON -> true;
            case OFF -> false;
            case AUTO -> nodes != null && byNodes(nodes, nodeName);
        };
    }

    private static boolean byNodes(Map<String, String> nodes, String nodeName) {
        String own = nodeName.isEmpty() ? null : nodes.get(nodeName);
        if (own != null) {
            return isRecent(own);
        }
        return nodes instanceof KubeletVersions known ? known.allRecent() : allRecent(nodes);
    }

    static boolean allRecent(Map<String, String> nodes) {
        for (String kubelet : nodes.values()) {
            if (!isRecent(kubelet)) {
                return false;
            }
        }
        return true;
    }

    /** Of {@code v1.33.0} only the second part counts; what is no number is not recent. */
    private static boolean isRecent(String kubelet) {
        int start = kubelet.indexOf('.') + 1;
        int end = kubelet.indexOf('.', start);
        String minor = start == 0 ? "" : kubelet.substring(start, end < 0 ? kubelet.length() : end);
        if (minor.isEmpty() || minor.length() > 6) {
            return false;
        }
        for (int i = 0; i < minor.length(); i++) {
            if (minor.charAt(i) < '0' || minor.charAt(i) > '9') {
                return false;
            }
        }
        return Integer.parseInt(minor) >= MINOR;
    }
}
