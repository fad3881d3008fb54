package dev.sidecarinjector.webhook.admission;

import java.util.Locale;

/** Where the time of one request went: each mark gives the time since the one before to a stage. Belongs to one request. */
public final class Stages {
    /** In the order in which a request passes them. */
    public enum Stage {
        /** For a turn to be read and to be computed. */
        WAIT(0),
        /** The request's body off the connection. */
        READ(1),
        /** From bytes to a tree. */
        PARSE(2),
        /** Decision, rendering, merge and transforms. */
        INJECT(3),
        /** The difference, and the answer's text. */
        PATCH(4),
        /** The answer onto the connection. */
        WRITE(5);

        private final int place;
        private final String label = name().toLowerCase(Locale.ROOT);

        Stage(int place) {
            this.place = place;
        }

        /** The stable name in metrics and spans. */
        public String label() {
            return label;
        }
    }

    private static final int COUNT = Stage.values().length;

    private final long begun = System.nanoTime();
    private final long[] spent = new long[COUNT];
    private long last = begun;

    /** Ends a stage; what was spent on it before is added to. */
    public void mark(Stage ended) {
        long now = System.nanoTime();
        spent[ended.place] += now - last;
        last = now;
    }

    /** When the request came in, on the clock of {@link System#nanoTime}. */
    public long begun() {
        return begun;
    }

    /** Nanoseconds of one stage. */
    public long spent(Stage stage) {
        return spent[stage.place];
    }

    /** Nanoseconds from the beginning to the last mark. */
    public long total() {
        return last - begun;
    }
}
