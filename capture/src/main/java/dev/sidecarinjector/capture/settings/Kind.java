package dev.sidecarinjector.capture.settings;

/** What the text of a setting must look like. */
public enum Kind {
    /** Any text; also the empty one. */
    STRING,
    /** Items separated by commas; empty items are dropped, blanks kept. */
    LIST,
    /** One of {@code 1 t T TRUE true True 0 f F FALSE false False}; as a flag it needs no value. */
    BOOL,
    /** As {@link #BOOL}, or {@code auto}. */
    BOOL_OR_AUTO,
    /** 0 to 65535 in a notation of Go: {@code 15002}, {@code 0x3a9a}, {@code 15_002}. */
    UINT16,
    /** A duration of Go: {@code 5s}, {@code 1m30s}, {@code 500ms}. */
    DURATION;

    /** Whether the flag alone, without a value, means {@code true}. */
    public boolean isSwitch() {
        return this == BOOL || this == BOOL_OR_AUTO;
    }
}
