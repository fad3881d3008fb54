package dev.sidecarinjector.capture.settings;

import java.util.List;

/** What became of a command line and an environment. */
public sealed interface Resolution {
    /** Settings that can be planned; with what the user should know all the same. */
    record Resolved(CaptureSettings settings, List<Finding> warnings) implements Resolution {}

    /**
     * At least one problem; nothing may be changed.
     *
     * @param badCommandLine whether a flag's value is not of its kind, for which the exit status is 255 instead of 1
     */
    record Rejected(List<Finding> problems, boolean badCommandLine) implements Resolution {}
}
