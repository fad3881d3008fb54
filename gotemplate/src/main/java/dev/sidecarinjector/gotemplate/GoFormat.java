package dev.sidecarinjector.gotemplate;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Go's formatted printing, package fmt. It drops where texts come from: a {@link Function} that prints arguments touches them itself. */
public final class GoFormat {
    private GoFormat() {}

    /** One value as {@code fmt.Sprint} prints it, which is {@code %v}; nil prints {@code <nil>}. */
    public static String sprint(@Nullable Object value) {
        if (value instanceof CharSequence text) {
            return text.toString();
        }
        return value instanceof Double d ? sprint(d.doubleValue()) : new Printer().value(value).text();
    }

    /** All values as {@code fmt.Sprint(a, b, ...)}: a blank between two operands when neither is a string. */
    public static String sprintAll(List<?> values) {
        return new Printer().sprint(values).text();
    }

    /** {@code fmt.Sprintf}: never fails, a bad verb shows in the result as in Go. */
    public static String sprintf(String format, List<?> values) {
        Printer printer = new Printer();
        new Printf(format, values, printer).print();
        return printer.text();
    }

    /** A float64 as {@code %v} prints it: the shortest digits, with an exponent if that is below -4 or at least 6. */
    public static String sprint(double value) {
        return FloatFormat.shortest(value);
    }

    /** {@code strconv.Quote}: a Go string literal, the form of {@code %q}. */
    public static String quote(String text) {
        return Quoting.quote(text);
    }
}
