package dev.sidecarinjector.gotemplate;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Go types that stand behind the Java values of a rendering. */
public final class GoTypes {
    private GoTypes() {}

    /** The type as {@code %T} prints it. */
    public static String name(@Nullable Object value) {
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
            case Function _ -> "func";
            default -> value.getClass().getSimpleName();
        };
    }

    /** The kind as Go's reflect package names it: {@code map}, {@code slice}, {@code struct}; {@code invalid} for nil. */
    public static String kind(@Nullable Object value) {
        return switch (value) {
            case null -> "invalid";
            case Map<?, ?> _ -> "map";
            case List<?> _ -> "slice";
            case GoStruct struct -> struct.goType().startsWith("*") ? "ptr" : "struct";
            case Record r when !(r instanceof CharSequence) -> "struct";
            default -> name(value);
        };
    }

    /** Equality as {@code reflect.DeepEqual} has it: same types and same content; where a text comes from does not matter. */
    public static boolean deepEqual(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return a == null && b == null;
        }
        return switch (a) {
            case CharSequence text -> b instanceof CharSequence other && text.toString().equals(other.toString());
            case List<?> list -> b instanceof List<?> other && name(a).equals(name(b)) && listsEqual(list, other);
            case Map<?, ?> map -> b instanceof Map<?, ?> other && name(a).equals(name(b)) && mapsEqual(map, other);
            case Double d -> b instanceof Double other && d.doubleValue() == other.doubleValue();
            default -> a.equals(b);
        };
    }

    private static boolean listsEqual(List<?> a, List<?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        Iterator<?> others = b.iterator();
        for (Object element : a) {
            if (!deepEqual(element, others.next())) {
                return false;
            }
        }
        return true;
    }

    private static boolean mapsEqual(Map<?, ?> a, Map<?, ?> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (Map.Entry<?, ?> entry : a.entrySet()) {
            Object other = b.get(entry.getKey());
            if ((other == null && !b.containsKey(entry.getKey())) || !deepEqual(entry.getValue(), other)) {
                return false;
            }
        }
        return true;
    }
}
