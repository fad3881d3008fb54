package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Function;
import org.jspecify.annotations.Nullable;

/** The functions of the Sprig library. */
public final class Sprig {
    private Sprig() {}

    /**
     * The function of that name, or null.
     *
     * @throws dev.sidecarinjector.gotemplate.FunctionFailure for a function that exists but is refused
     */
    public static @Nullable Function find(String name) {
        return null;
    }
}
