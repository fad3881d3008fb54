package dev.sidecarinjector.gotemplate;

/** A map whose keys the author of the input controls: ranging over it yields keys that are {@link OriginText}. Its values carry their own origin. */
public interface OriginMap {
    Origin origin();
}
