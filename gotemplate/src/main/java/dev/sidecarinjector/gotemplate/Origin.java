package dev.sidecarinjector.gotemplate;

import org.jspecify.annotations.Nullable;

/** Where a text comes from that the author of the input controls, in words for a person: {@code annotation "sidecar.istio.io/logLevel"}. */
public record Origin(String description) {
    /** The origin of a text made out of two: both are named; either may be absent. */
    public static @Nullable Origin join(@Nullable Origin a, @Nullable Origin b) {
        if (a == null || a.equals(b)) {
            return b;
        }
        if (b == null || a.description.contains(b.description)) {
            return a;
        }
        return new Origin(a.description + ", " + b.description);
    }
}
