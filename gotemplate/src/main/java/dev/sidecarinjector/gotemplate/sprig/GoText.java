package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.FunctionFailure;
import dev.sidecarinjector.gotemplate.GoSlice;
import dev.sidecarinjector.gotemplate.Utf8;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Go's string operations, which count bytes, on Java strings. */
final class GoText {
    private GoText() {}

    static int length(String text) {
        return Utf8.length(text);
    }

    /** The bytes from start (inclusive) to end (exclusive). */
    static String slice(String text, int start, int end) {
        int length = Utf8.length(text);
        if (start < 0 || end < start || end > length) {
            throw new FunctionFailure("slice bounds out of range [" + start + ":" + end + "] with length " + length);
        }
        if (length == text.length()) {
            return text.substring(start, end);
        }
        return Utf8.text(Utf8.bytes(text), start, end);
    }

    /** Without white space at both ends. */
    static String trimSpace(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (start < end && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    /** White space as Go's unicode package defines it. */
    static boolean isSpace(int c) {
        if (c <= 0xFF) {
            return (c >= '\t' && c <= '\r') || c == ' ' || c == 0x85 || c == 0xA0;
        }
        return c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000;
    }

    /** Without the characters of a set at both ends. */
    static String trim(String text, String set) {
        int start = 0;
        int end = text.length();
        while (start < end) {
            int c = text.codePointAt(start);
            if (set.indexOf(c) < 0) {
                break;
            }
            start += Character.charCount(c);
        }
        while (start < end) {
            int c = text.codePointBefore(end);
            if (set.indexOf(c) < 0) {
                break;
            }
            end -= Character.charCount(c);
        }
        return text.substring(start, end);
    }

    /**
     * The parts of a text between separators; an empty separator parts it into its characters.
     *
     * @param limit at most so many parts, the last with all the rest; negative for no limit, zero for no parts at all
     */
    static List<String> split(String text, String separator, int limit) {
        List<String> parts = new ArrayList<>();
        if (limit == 0) {
            return parts;
        }
        int from = 0;
        while (limit < 0 || parts.size() < limit - 1) {
            int end = separator.isEmpty() ? afterCharacter(text, from) : text.indexOf(separator, from);
            if (end < 0) {
                break;
            }
            parts.add(text.substring(from, end));
            from = end + separator.length();
        }
        if (!separator.isEmpty() || from < text.length()) {
            parts.add(text.substring(from));
        }
        return parts;
    }

    /** Where the character ends that starts here; negative if it is the last one or there is none. */
    private static int afterCharacter(String text, int from) {
        int end = from < text.length() ? from + Character.charCount(text.codePointAt(from)) : from;
        return end < text.length() ? end : -1;
    }

    /** A Go {@code []string}. */
    static GoSlice strings(List<String> elements) {
        return new GoSlice("[]string", elements);
    }

    /** A Go {@code []string}, in the order of the bytes. */
    static GoSlice sorted(List<String> elements) {
        String[] array = elements.toArray(String[]::new);
        Arrays.sort(array, Utf8::compare);
        return strings(Arrays.asList(array));
    }

    /** The keys of a map in the order of their bytes. */
    static List<String> sortedKeys(Map<?, ?> map) {
        List<String> keys = new ArrayList<>(map.size());
        map.keySet().forEach(key -> keys.add(String.valueOf(key)));
        keys.sort(Utf8::compare);
        return keys;
    }
}
