package dev.sidecarinjector.iptablesinit.verify;

import java.util.Locale;

/** One line of a report. */
record Outcome(Verdict verdict, String subject, String expected, String seen, String reason) {
    /** Whether the promise holds. */
    enum Verdict {
        OK, FAILED, NOT_CHECKED;

        String words() {
            return name().replace('_', ' ').toLowerCase(Locale.ROOT);
        }
    }
}
