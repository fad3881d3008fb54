package dev.sidecarinjector.gotemplate;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Go's comparison functions: integers of any size compare, integers and floats do not, nil equals only nil. */
final class Comparison {
    private enum Kind {
        OTHER, BOOL, INT, FLOAT, STRING
    }

    private Comparison() {}

    /** {@code eq}: whether the first value equals one of the others. */
    static boolean equalsAny(@Nullable Object[] values) {
        if (values.length < 2) {
            throw new FunctionFailure("missing argument for comparison");
        }
        for (int i = 1; i < values.length; i++) {
            if (equal(values[0], values[i])) {
                return true;
            }
        }
        return false;
    }

    private static boolean equal(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return a == null ? isNil(b) : isNil(a);
        }
        Kind kind = kind(a);
        if (kind != kind(b)) {
            throw incompatible(a, b);
        }
        return switch (kind) {
            case BOOL, OTHER -> kind == Kind.BOOL ? a.equals(b) : othersEqual(a, b);
            case INT -> ((Number) a).longValue() == ((Number) b).longValue();
            case FLOAT -> ((Double) a).doubleValue() == ((Double) b).doubleValue();
            case STRING -> a.toString().equals(b.toString());
        };
    }

    private static boolean othersEqual(Object a, Object b) {
        if (!GoTypes.kind(a).equals(GoTypes.kind(b))) {
            throw new FunctionFailure("non-comparable types " + GoTypes.name(a) + ", " + GoTypes.name(b));
        }
        if (isNil(a) || isNil(b)) {
            return isNil(a) == isNil(b);
        }
        if (a instanceof Map || a instanceof List || a instanceof Function) {
            throw new FunctionFailure("non-comparable type " + GoFormat.sprint(b) + ": " + GoTypes.name(b));
        }
        return a.equals(b);
    }

    private static boolean isNil(@Nullable Object value) {
        return value == null || (value instanceof GoSlice slice && slice.isNil());
    }

    /** {@code lt} */
    static boolean less(@Nullable Object a, @Nullable Object b) {
        Kind kind = kind(a);
        if (a == null || b == null || kind == Kind.OTHER || kind(b) == Kind.OTHER) {
            throw new FunctionFailure("invalid type for comparison");
        }
        if (kind != kind(b)) {
            throw incompatible(a, b);
        }
        return switch (kind) {
            case INT -> ((Number) a).longValue() < ((Number) b).longValue();
            case FLOAT -> (Double) a < (Double) b;
            case STRING -> Utf8.compare(a.toString(), b.toString()) < 0;
            case BOOL, OTHER -> throw new FunctionFailure("invalid type for comparison");
        };
    }

    /** {@code le} */
    static boolean lessOrEqual(@Nullable Object a, @Nullable Object b) {
        return less(a, b) || equal(a, b);
    }

    private static Kind kind(@Nullable Object value) {
        if (value instanceof CharSequence) {
            return Kind.STRING;
        }
        if (value instanceof Boolean) {
            return Kind.BOOL;
        }
        if (value instanceof Integer || value instanceof Long) {
            return Kind.INT;
        }
        return value instanceof Double ? Kind.FLOAT : Kind.OTHER;
    }

    private static FunctionFailure incompatible(Object a, Object b) {
        return new FunctionFailure("incompatible types for comparison: " + GoTypes.name(a) + " and " + GoTypes.name(b));
    }
}
