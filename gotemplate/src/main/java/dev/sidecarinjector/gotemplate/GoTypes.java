package dev.sidecarinjector.gotemplate;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Go types that stand behind the Java values of a rendering. */
final class GoTypes {
    private GoTypes() {}

    /** The type as {@code %T} prints it. */
    static String name(@Nullable Object value) {
        return switch (value) {
            case null -> "<nil>";
            case Boolean _ -> "bool";
            case Integer _ -> "int";
            case Long _ -> "int64";
            case Double _ -> "float64";
            case CharSequence _ -> "string";
            case StringMap _ -> "map[string]string";
            case Map<?, ?> _ -> "map[string]interface {}";
            case GoSlice slice -> slice.goType();
            case List<?> _ -> "[]interface {}";
            case GoStruct struct -> struct.goType();
            default -> value.getClass().getSimpleName();
        };
    }
}
