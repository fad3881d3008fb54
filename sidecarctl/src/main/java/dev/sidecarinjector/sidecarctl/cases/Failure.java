package dev.sidecarinjector.sidecarctl.cases;

import java.util.List;

/**
 * An expectation that was not met.
 *
 * @param what  the expectation's key, and the path where it has one
 * @param lines what was expected and what was found
 */
public record Failure(String what, List<String> lines) {
    public Failure {
        lines = List.copyOf(lines);
    }

    static Failure of(String what, String expected, String found) {
        return new Failure(what, List.of("expected: " + expected, "found:    " + found));
    }
}
