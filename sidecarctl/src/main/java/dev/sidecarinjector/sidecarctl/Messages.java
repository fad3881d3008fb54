package dev.sidecarinjector.sidecarctl;

import java.io.PrintStream;
import java.util.List;

/** What is said on stderr while manifests are converted: warnings, and for a person who waits, how far it is. */
final class Messages {
    private static final long FIRST_PROGRESS_NANOS = 1_000_000_000;
    private static final long PROGRESS_NANOS = 200_000_000;

    private final PrintStream err;
    private final boolean terminal;
    private long nextProgress;
    private boolean anyWarning;
    private boolean anyProgress;
    private long documents;

    Messages(PrintStream err, boolean terminal) {
        this.err = err;
        this.terminal = terminal;
        nextProgress = System.nanoTime() + FIRST_PROGRESS_NANOS;
    }

    /** Spec 17.4: a blank line before the first one and after each. */
    void warning(String text) {
        eraseProgress();
        if (!anyWarning) {
            err.println();
            anyWarning = true;
        }
        err.println(text);
        err.println();
    }

    /** About the run, not about a manifest. */
    void notice(String text) {
        warning("===> Warning: " + text);
    }

    void document(String input, List<String> warnings) {
        documents++;
        warnings.forEach(this::warning);
        if (terminal && System.nanoTime() - nextProgress >= 0) {
            nextProgress = System.nanoTime() + PROGRESS_NANOS;
            anyProgress = true;
            err.print("\r\u001b[K" + input + ": " + documents + " documents");
            err.flush();
        }
    }

    void done() {
        eraseProgress();
        err.flush();
    }

    void eraseProgress() {
        if (anyProgress) {
            err.print("\r\u001b[K");
            anyProgress = false;
        }
    }
}
