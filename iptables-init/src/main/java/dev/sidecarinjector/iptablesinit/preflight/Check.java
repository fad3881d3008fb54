package dev.sidecarinjector.iptablesinit.preflight;

/**
 * One thing that the settings need.
 *
 * @param evidence how that was found out
 * @param remedy   what to do where it is missing
 */
public record Check(String what, State state, String evidence, String remedy) {
    /** Whether it is there. */
    public enum State {
        PRESENT("ok"), MISSING("missing"),
        /** It could not be found out without a change; the apply itself will tell. */
        UNKNOWN("unknown");

        private final String word;

        State(String word) {
            this.word = word;
        }

        /** For people. */
        public String word() {
            return word;
        }
    }

    static Check of(String what, boolean isThere, String evidence, String remedy) {
        return new Check(what, isThere ? State.PRESENT : State.MISSING, evidence, remedy);
    }
}
