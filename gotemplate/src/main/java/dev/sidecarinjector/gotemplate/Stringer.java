package dev.sidecarinjector.gotemplate;

/** A value with a Go {@code String()} method: printing it ({@code %v}, {@code %s}, {@code toString}) gives that text. */
public interface Stringer {
    String goString();
}
