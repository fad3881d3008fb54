package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.Function;
import dev.sidecarinjector.gotemplate.FunctionFailure;
import dev.sidecarinjector.gotemplate.StringMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Functions from strings to a string or to a truth value, apart from those about letters and words. */
final class Strings {
    /** No result may be longer; a template cannot ask for more memory than the whole output may have. */
    private static final long LONGEST = 16L << 20;

    private Strings() {}

    static @Nullable Function find(String name) {
        return switch (name) {
            case "trim" -> call -> GoText.trimSpace(only(call));
            case "trimAll", "trimall" -> call -> GoText.trim(second(call), call.string(0));
            case "trimPrefix" -> Strings::trimPrefix;
            case "trimSuffix" -> Strings::trimSuffix;
            case "contains" -> call -> second(call).contains(call.string(0));
            case "hasPrefix" -> call -> second(call).startsWith(call.string(0));
            case "hasSuffix" -> call -> second(call).endsWith(call.string(0));
            case "replace" -> Strings::replace;
            case "repeat" -> Strings::repeat;
            case "trunc" -> Strings::trunc;
            case "substr" -> Strings::substr;
            case "abbrev" -> Strings::abbrev;
            case "abbrevboth" -> Strings::abbrevBoth;
            case "indent" -> call -> indent(call, "");
            case "nindent" -> call -> indent(call, "\n");
            case "plural" -> Strings::plural;
            case "splitList" -> Strings::splitList;
            case "split" -> Strings::split;
            case "splitn" -> Strings::splitN;
            default -> null;
        };
    }

    private static String only(Call call) {
        Arguments.exactly(call, 1);
        return call.string(0);
    }

    /** Of two arguments the one that a pipeline hands over. */
    private static String second(Call call) {
        Arguments.exactly(call, 2);
        return call.string(1);
    }

    private static Object trimPrefix(Call call) {
        String text = second(call);
        String prefix = call.string(0);
        return text.startsWith(prefix) ? text.substring(prefix.length()) : text;
    }

    private static Object trimSuffix(Call call) {
        String text = second(call);
        String suffix = call.string(0);
        return text.endsWith(suffix) ? text.substring(0, text.length() - suffix.length()) : text;
    }

    private static Object replace(Call call) {
        Arguments.exactly(call, 3);
        String old = call.string(0);
        String by = call.string(1);
        String text = call.string(2);
        checkLength((text.length() + 1L) / Math.max(1, old.length()) * by.length());
        return old.isEmpty() ? by + String.join(by, GoText.split(text, "", -1)) + (text.isEmpty() ? "" : by) : text.replace(old, by);
    }

    private static Object repeat(Call call) {
        Arguments.exactly(call, 2);
        int count = Arguments.integer(call, 0);
        String text = call.string(1);
        if (count < 0) {
            throw new FunctionFailure("repeat: the count " + count + " is negative");
        }
        checkLength((long) text.length() * count);
        return text.repeat(count);
    }

    private static void checkLength(long length) {
        if (length > LONGEST) {
            throw new FunctionFailure("the result would have " + length + " characters; at most " + LONGEST + " are allowed");
        }
    }

    private static Object trunc(Call call) {
        Arguments.exactly(call, 2);
        int count = Arguments.integer(call, 0);
        String text = call.string(1);
        int length = GoText.length(text);
        if (count < 0) {
            return length + count > 0 ? GoText.slice(text, length + count, length) : text;
        }
        return length > count ? GoText.slice(text, 0, count) : text;
    }

    private static Object substr(Call call) {
        Arguments.exactly(call, 3);
        int start = Arguments.integer(call, 0);
        int end = Arguments.integer(call, 1);
        String text = call.string(2);
        if (start < 0) {
            return GoText.slice(text, 0, end);
        }
        int length = GoText.length(text);
        return GoText.slice(text, start, end < 0 || end > length ? length : end);
    }

    private static Object abbrev(Call call) {
        Arguments.exactly(call, 2);
        int width = Arguments.integer(call, 0);
        String text = call.string(1);
        return width < 4 ? text : abbreviate(text, 0, width);
    }

    private static Object abbrevBoth(Call call) {
        Arguments.exactly(call, 3);
        int left = Arguments.integer(call, 0);
        int right = Arguments.integer(call, 1);
        String text = call.string(2);
        return right < 4 || (left > 0 && right < 7) ? text : abbreviate(text, left, right);
    }

    /** At most width bytes of a text, so that the byte at the offset is among them; three dots stand where something is left out. */
    private static String abbreviate(String text, int offset, int width) {
        int length = GoText.length(text);
        if (length <= width) {
            return text;
        }
        int kept = width - 3;
        int from = Math.min(offset, length);
        if (length - from < kept) {
            from = length - kept;
        }
        if (from <= 4) {
            return GoText.slice(text, 0, kept) + "...";
        }
        if (width < 7) {
            return "";
        }
        if (from + kept < length) {
            return "..." + (kept < 4 ? "" : abbreviate(GoText.slice(text, from, length), 0, kept));
        }
        return "..." + GoText.slice(text, length - kept, length);
    }

    private static Object indent(Call call, String before) {
        Arguments.exactly(call, 2);
        int spaces = Arguments.integer(call, 0);
        String text = call.string(1);
        if (spaces < 0) {
            throw new FunctionFailure(call.name() + ": the number of spaces " + spaces + " is negative");
        }
        checkLength((long) spaces * (1 + text.chars().filter(c -> c == '\n').count()));
        String pad = " ".repeat(spaces);
        return before + pad + text.replace("\n", "\n" + pad);
    }

    private static @Nullable Object plural(Call call) {
        Arguments.exactly(call, 3);
        Arguments.text(call, 0);
        Arguments.text(call, 1);
        return call.argument(Arguments.integer(call, 2) == 1 ? 0 : 1);
    }

    private static Object splitList(Call call) {
        String text = second(call);
        return GoText.strings(GoText.split(text, call.string(0), -1));
    }

    private static Object split(Call call) {
        String text = second(call);
        return numbered(GoText.split(text, call.string(0), -1));
    }

    private static Object splitN(Call call) {
        Arguments.exactly(call, 3);
        return numbered(GoText.split(call.string(2), call.string(0), Arguments.integer(call, 1)));
    }

    private static Map<String, @Nullable Object> numbered(List<String> parts) {
        Numbered map = new Numbered();
        for (String part : parts) {
            map.put("_" + map.size(), part);
        }
        return map;
    }

    /** The parts of a text under the keys {@code _0}, {@code _1}, ... */
    private static final class Numbered extends LinkedHashMap<String, @Nullable Object> implements StringMap {
        private static final long serialVersionUID = 1L;
    }
}
