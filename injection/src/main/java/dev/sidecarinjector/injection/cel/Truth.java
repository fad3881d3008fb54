package dev.sidecarinjector.injection.cel;

/** Whether something holds, as far as that can be known (Kleene's logic). */
public enum Truth {
    YES, NO, UNKNOWN;

    public static Truth of(boolean value) {
        return value ? YES : NO;
    }

    public Truth and(Truth other) {
        return this == NO || other == NO ? NO : this == YES && other == YES ? YES : UNKNOWN;
    }

    public Truth or(Truth other) {
        return this == YES || other == YES ? YES : this == NO && other == NO ? NO : UNKNOWN;
    }
}
