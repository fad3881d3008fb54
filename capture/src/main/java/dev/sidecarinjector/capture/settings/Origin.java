package dev.sidecarinjector.capture.settings;

/** Where a value comes from. */
public sealed interface Origin {
    /** The command line. */
    record Flag() implements Origin {}

    /** An environment variable. */
    record Environment(String variable) implements Origin {}

    /** The table of settings. */
    record Default() implements Origin {}

    /**
     * The surroundings.
     *
     * @param where for example "account istio-proxy"
     */
    record LookedUp(String where) implements Origin {}

    /** For people: {@code flag}, {@code environment DRY_RUN}, {@code default}, {@code looked up: account istio-proxy}. */
    default String text() {
        return switch (this) {
            case Flag _ -> "flag";
            case Environment(String variable) -> "environment " + variable;
            case Default _ -> "default";
            case LookedUp(String where) -> "looked up: " + where;
        };
    }
}
