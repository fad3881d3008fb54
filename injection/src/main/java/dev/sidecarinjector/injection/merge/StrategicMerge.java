package dev.sidecarinjector.injection.merge;

import dev.sidecarinjector.injection.InjectionException;
import dev.sidecarinjector.injection.Reason;
import dev.sidecarinjector.injection.schema.Schema;
import tools.jackson.databind.node.ObjectNode;

/**
 * Kubernetes' strategic merge patch (spec section 10.4) on trees, with the merge keys of the pod's types. Fields that no type has are merged
 * too: objects recursively, lists as a whole. A field that the patch leaves zero or empty disappears where Go's {@code omitempty} drops it.
 */
public final class StrategicMerge {
    private StrategicMerge() {}

    /**
     * Merges a patch into a pod. The pod is changed in place, the patch is used up: its nodes become part of the pod.
     *
     * @throws InjectionException with reason MERGE_FAILED, naming the path; the pod may then be half merged
     */
    public static void mergePod(ObjectNode pod, ObjectNode patch) {
        merge(pod, patch, "Pod");
    }

    /** The same for one container. */
    public static void mergeContainer(ObjectNode container, ObjectNode patch) {
        merge(container, patch, "Container");
    }

    /** The same for an object of any type of the {@link Schema}. */
    static void merge(ObjectNode live, ObjectNode patch, String type) {
        try {
            ObjectMerge.merge(live, patch, Schema.type(type));
        } catch (MergeProblem problem) {
            throw new InjectionException(Reason.MERGE_FAILED, problem.getMessage());
        }
    }
}
