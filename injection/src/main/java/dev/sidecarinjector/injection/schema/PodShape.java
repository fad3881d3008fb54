package dev.sidecarinjector.injection.schema;

import tools.jackson.databind.node.ObjectNode;

/** Brings pods into the form that a round trip through Go's typed pod gives (spec 10.5), but keeps what is unknown. */
public final class PodShape {
    private PodShape() {}

    /**
     * Canonical quantities, dropped nulls and empty optional members, checked types; in place. With {@code coerce} unquoted scalars become
     * strings where the field is one (manifests), else they are an error (rendered templates).
     *
     * @throws dev.sidecarinjector.injection.InjectionException with reason INVALID_POD and the path
     */
    public static void normalizePod(ObjectNode pod, boolean coerce) {
        throw new UnsupportedOperationException();
    }

    /** The same for a workload object of the kinds that kube-inject knows (spec 17.3), by its kind. */
    public static void normalizeWorkload(ObjectNode object) {
        throw new UnsupportedOperationException();
    }

    /** A resource quantity's canonical text: {@code 2000m} gives {@code 2}. */
    public static String canonicalQuantity(String text) {
        throw new UnsupportedOperationException();
    }
}
