package dev.sidecarinjector.gotemplate;

import org.jspecify.annotations.Nullable;

/**
 * A map whose keys the author of the input controls: ranging over it yields keys that are {@link OriginText}. Its values carry their own
 * origin. On a {@link GoStruct} it says whose text a print of the whole struct holds.
 */
public interface OriginMap {
    /** Where the keys come from; null when none of them comes from the input. */
    @Nullable
    Origin origin();
}
