package dev.sidecarinjector.injection.decision;

import java.util.Map;

/** A Kubernetes label selector. */
public final class LabelSelector {
    /** Whether it selects these labels; an empty or invalid selector selects nothing here. */
    public boolean matches(Map<String, String> labels) {
        throw new UnsupportedOperationException();
    }
}
