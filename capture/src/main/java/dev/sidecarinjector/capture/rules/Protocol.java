package dev.sidecarinjector.capture.rules;

import java.util.Locale;

/** Protocols with ports. */
public enum Protocol {
    TCP, UDP;

    /** As every tool spells it. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
