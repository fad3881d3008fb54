package dev.sidecarinjector.capture.settings;

import java.util.ArrayList;
import java.util.List;

/** What is found wrong while settings are resolved. */
final class Findings {
    private final List<Finding> problems = new ArrayList<>();
    private final List<Finding> warnings = new ArrayList<>();
    private boolean badCommandLine;

    void problem(String what, String where, String remedy) {
        problems.add(new Finding(what, where, remedy));
    }

    void badFlag(String what, String where, String remedy) {
        badCommandLine = true;
        problem(what, where, remedy);
    }

    void warning(String what, String where, String remedy) {
        warnings.add(new Finding(what, where, remedy));
    }

    boolean hasProblems() {
        return !problems.isEmpty();
    }

    Resolution.Rejected rejected() {
        return new Resolution.Rejected(List.copyOf(problems), badCommandLine);
    }

    Resolution.Resolved resolved(CaptureSettings settings) {
        return new Resolution.Resolved(settings, List.copyOf(warnings));
    }
}
