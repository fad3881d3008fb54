package dev.sidecarinjector.injection.annotation;

import dev.sidecarinjector.injection.Warning;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** The rules that annotation values must keep (spec section 6), and what is suspicious about them. */
public final class AnnotationRules {
    private AnnotationRules() {}

    /** Messages of all violations, in the order of the annotation's names; empty where all is well. */
    public static List<String> violations(ObjectNode pod) {
        return List.of();
    }

    /** Unknown names under our prefixes with the nearest known one, settings without effect, a bad value of the switch. */
    public static List<Warning> warnings(ObjectNode pod) {
        return List.of();
    }
}
