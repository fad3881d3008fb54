package dev.sidecarinjector.injection;

/** What one rule of the decision says. */
public enum Verdict {
    INJECT, SKIP, UNDECIDED
}
