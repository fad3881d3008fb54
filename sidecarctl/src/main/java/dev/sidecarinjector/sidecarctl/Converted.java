package dev.sidecarinjector.sidecarctl;

import java.util.List;

/** What became of one document: its text for the output, and what to say about it. */
@SuppressWarnings("ArrayRecordComponent") // a carrier between two methods, never compared
record Converted(byte[] bytes, List<String> warnings) {}
