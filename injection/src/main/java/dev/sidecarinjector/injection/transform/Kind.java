package dev.sidecarinjector.injection.transform;

/** The two lists of containers that templates fill; names are compared within one list only. */
enum Kind {
    CONTAINER("containers"), INIT_CONTAINER("initContainers");

    private final String field;

    Kind(String field) {
        this.field = field;
    }

    /** The list's name in the pod's spec, the status annotation and the overrides annotation. */
    String field() {
        return field;
    }
}
