package dev.sidecarinjector.injection.podsecurity;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * How a pod stands to the Pod Security Standards.
 *
 * @param level      the strictest one that the pod keeps
 * @param violations what keeps it from the next one
 */
public record PodSecurity(Level level, List<Violation> violations) {
    /** The standards, the strictest last. */
    public enum Level {
        PRIVILEGED("privileged"), BASELINE("baseline"), RESTRICTED("restricted");

        private final String spelling;

        Level(String spelling) {
            this.spelling = spelling;
        }

        /** As in a namespace's label. */
        public String spelling() {
            return spelling;
        }
    }

    /**
     * What a standard forbids.
     *
     * @param control as the standard calls it
     * @param where   path of the field
     * @param found   its value, as JSON; {@code not set}
     */
    public record Violation(String control, String where, String found) {
        @Override
        public String toString() {
            return control + ": " + where + " is " + found;
        }
    }

    public PodSecurity {
        violations = List.copyOf(violations);
    }

    /** Checks a pod: its metadata for annotations of AppArmor, its spec for all the rest. */
    public static PodSecurity of(JsonNode pod) {
        List<Violation> violations = new ArrayList<>();
        new Baseline(pod, violations).check();
        if (!violations.isEmpty()) {
            return new PodSecurity(Level.PRIVILEGED, violations);
        }
        new Restricted(pod.path("spec"), violations).check();
        return new PodSecurity(violations.isEmpty() ? Level.RESTRICTED : Level.BASELINE, violations);
    }
}
