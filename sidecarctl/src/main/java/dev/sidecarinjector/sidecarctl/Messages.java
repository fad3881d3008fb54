package dev.sidecarinjector.sidecarctl;

import java.io.PrintStream;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What is said on stderr while manifests are converted: warnings, and for a person who waits, how far it is. */
final class Messages {
    private static final long FIRST_PROGRESS_NANOS = 1_000_000_000;
    private static final long PROGRESS_NANOS = 200_000_000;

    private final PrintStream err;
    private final boolean terminal;
    private final Queue<String> notices = new ConcurrentLinkedQueue<>();
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

    /** About the run, not about a manifest. May be called from any thread; said with the next document. */
    void notice(String text) {
        notices.add("===> Warning: " + text);
    }

    /** The same of what is no warning. */
    void note(String text) {
        notices.add("===> Note: " + text);
    }

    void document(String input, List<String> warnings) {
        documents++;
        sayNotices();
        warnings.forEach(this::warning);
        if (terminal && System.nanoTime() - nextProgress >= 0) {
            nextProgress = System.nanoTime() + PROGRESS_NANOS;
            anyProgress = true;
            err.print("\r\u001b[K" + input + ": " + documents + " documents");
            err.flush();
        }
    }

    private void sayNotices() {
        for (String notice = notices.poll(); notice != null; notice = notices.poll()) {
            warning(notice);
        }
    }

    void done() {
        sayNotices();
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
