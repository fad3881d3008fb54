package dev.sidecarinjector.injection.transform;

import org.jspecify.annotations.Nullable;

/** Booleans in annotations, in the spellings that Go's {@code strconv.ParseBool} takes. */
final class GoBoolean {
    private GoBoolean() {}

    /** Null where the text is absent or no boolean. */
    static @Nullable Boolean parse(@Nullable String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> Boolean.TRUE;
            case "0", "f", "F", "false", "FALSE", "False" -> Boolean.FALSE;
            case null, default -> null;
        };
    }
}
