package dev.sidecarinjector.injection.merge;

import tools.jackson.databind.node.ObjectNode;

/** Kubernetes' strategic merge patch (spec section 10.4) on trees, with the merge keys of the pod's types. */
public final class StrategicMerge {
    private StrategicMerge() {}

    /**
     * Merges a patch into a pod. The pod is changed in place, the patch is used up: its nodes become part of the pod.
     *
     * @throws dev.sidecarinjector.injection.InjectionException with reason MERGE_FAILED, naming the path
     */
    public static void mergePod(ObjectNode pod, ObjectNode patch) {
        throw new UnsupportedOperationException();
    }

    /** The same for one container. */
    public static void mergeContainer(ObjectNode container, ObjectNode patch) {
        throw new UnsupportedOperationException();
    }
}
