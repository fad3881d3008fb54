package dev.sidecarinjector.capture.settings;

/** The text of a setting and where it comes from. */
public record Value(String text, Origin origin) {}
