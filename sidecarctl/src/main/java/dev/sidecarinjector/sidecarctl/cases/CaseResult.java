package dev.sidecarinjector.sidecarctl.cases;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a case ended.
 *
 * @param failures none where it passed
 * @param problem  why it could not be run, with its place; null where it could
 * @param nanos    how long it took
 */
public record CaseResult(Case testCase, List<Failure> failures, @Nullable String problem, long nanos) {
    public CaseResult {
        failures = List.copyOf(failures);
    }

    public boolean passed() {
        return failures.isEmpty() && problem == null;
    }
}
