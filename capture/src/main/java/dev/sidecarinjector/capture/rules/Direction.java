package dev.sidecarinjector.capture.rules;

/** Which end of a packet. */
public enum Direction {
    SOURCE, DESTINATION
}
