package dev.sidecarinjector.gotemplate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Go's formatted printing, package fmt. It drops where texts come from: a {@link Function} that prints arguments touches them itself. */
public final class GoFormat {
    private GoFormat() {}

    /** One value as {@code fmt.Sprint} prints it, which is {@code %v}; nil prints {@code <nil>}. */
    public static String sprint(@Nullable Object value) {
        throw new UnsupportedOperationException();
    }

    /** All values as {@code fmt.Sprint(a, b, ...)}: a blank between two operands when neither is a string. */
    public static String sprintAll(List<?> values) {
        throw new UnsupportedOperationException();
    }

    /** {@code fmt.Sprintf}: never fails, a bad verb shows in the result as in Go. */
    public static String sprintf(String format, List<?> values) {
        throw new UnsupportedOperationException();
    }

    /** A float64 as {@code %v} prints it: the shortest digits, an exponent below -4 and from 21 on: see {@code strconv.FormatFloat(v, 'g', -1, 64)}. */
    public static String sprint(double value) {
        throw new UnsupportedOperationException();
    }

    /** {@code strconv.Quote}: a Go string literal, the form of {@code %q}. */
    public static String quote(String text) {
        throw new UnsupportedOperationException();
    }
}
