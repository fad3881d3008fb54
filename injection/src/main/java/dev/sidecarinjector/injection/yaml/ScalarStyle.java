package dev.sidecarinjector.injection.yaml;

/** How a scalar is written. Only a plain one can mean anything else than a string. */
public enum ScalarStyle {
    PLAIN, SINGLE_QUOTED, DOUBLE_QUOTED, LITERAL, FOLDED
}
