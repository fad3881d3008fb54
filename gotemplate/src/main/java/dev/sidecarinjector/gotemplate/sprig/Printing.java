package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.Function;
import dev.sidecarinjector.gotemplate.GoFormat;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions that make one string out of values of any type. */
final class Printing {
    private Printing() {}

    static @Nullable Function find(String name) {
        return switch (name) {
            case "quote" -> Printing::quote;
            case "squote" -> Printing::singleQuote;
            case "cat" -> Printing::cat;
            case "toString" -> Printing::toText;
            case "toStrings" -> Printing::toTexts;
            case "join" -> Printing::join;
            case "sortAlpha" -> Printing::sortAlpha;
            default -> null;
        };
    }

    /** A value as Sprig turns it into a string; its origins are remembered. */
    static String text(Call call, @Nullable Object value) {
        if (value instanceof CharSequence) {
            return call.string(value);
        }
        call.touchAll(value);
        return GoFormat.sprint(value);
    }

    /** The elements of a list as strings, nil left out; any other value as the only string. */
    static List<String> texts(Call call, @Nullable Object value) {
        if (!(value instanceof List<?> list)) {
            return value == null ? List.of() : List.of(text(call, value));
        }
        List<String> result = new ArrayList<>(list.size());
        for (Object element : list) {
            if (element != null) {
                result.add(text(call, element));
            }
        }
        return result;
    }

    private static Object quote(Call call) {
        call.markEncoded();
        StringBuilder out = new StringBuilder();
        for (Object value : call.arguments()) {
            if (value != null) {
                out.append(out.isEmpty() ? "" : " ").append(GoFormat.quote(text(call, value)));
            }
        }
        return out.toString();
    }

    /** Quotes within the text stay as they are, so what comes out is not one token of any language. */
    private static Object singleQuote(Call call) {
        StringBuilder out = new StringBuilder();
        for (Object value : call.arguments()) {
            if (value != null) {
                out.append(out.isEmpty() ? "'" : " '").append(text(call, value)).append('\'');
            }
        }
        return out.toString();
    }

    private static Object cat(Call call) {
        StringBuilder out = new StringBuilder();
        boolean first = true;
        for (Object value : call.arguments()) {
            if (value != null) {
                out.append(first ? "" : " ").append(text(call, value));
                first = false;
            }
        }
        return out.toString();
    }

    private static Object toText(Call call) {
        Arguments.exactly(call, 1);
        return text(call, call.argument(0));
    }

    private static Object toTexts(Call call) {
        Arguments.exactly(call, 1);
        return GoText.strings(texts(call, call.argument(0)));
    }

    private static Object join(Call call) {
        Arguments.exactly(call, 2);
        return String.join(call.string(0), texts(call, call.argument(1)));
    }

    private static Object sortAlpha(Call call) {
        Arguments.exactly(call, 1);
        Object value = call.argument(0);
        return value == null ? GoText.strings(List.of(GoFormat.sprint(null))) : GoText.sorted(texts(call, value));
    }
}
