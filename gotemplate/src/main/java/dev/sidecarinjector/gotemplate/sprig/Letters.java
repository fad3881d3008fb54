package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.Function;
import dev.sidecarinjector.gotemplate.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.function.IntUnaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Functions that go through a string letter by letter: upper and lower case, white space, line width. */
final class Letters {
    private Letters() {}

    static @Nullable Function find(String name) {
        return switch (name) {
            case "upper" -> call -> each(only(call), Character::toUpperCase);
            case "lower" -> call -> each(only(call), Character::toLowerCase);
            case "title" -> call -> title(only(call));
            case "untitle" -> call -> untitle(only(call));
            case "swapcase" -> call -> swapCase(only(call));
            case "nospace" -> call -> bytewise(only(call), Letters::withoutSpace);
            case "initials" -> call -> bytewise(only(call), Letters::initials);
            case "snakecase" -> call -> WordCase.lower(only(call), '_');
            case "kebabcase" -> call -> WordCase.lower(only(call), '-');
            case "camelcase" -> call -> WordCase.camel(only(call));
            case "wrap" -> Letters::wrap;
            case "wrapWith" -> Letters::wrapWith;
            default -> null;
        };
    }

    private static String only(Call call) {
        Arguments.exactly(call, 1);
        return call.string(0);
    }

    private static String each(String text, IntUnaryOperator change) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints().forEach(c -> out.appendCodePoint(change.applyAsInt(c)));
        return out.toString();
    }

    /** A capital at the start of each word; everything but letters, digits and the underscore separates words. */
    private static String title(String text) {
        StringBuilder out = new StringBuilder(text.length());
        int previous = ' ';
        for (int i = 0; i < text.length(); i += Character.charCount(previous)) {
            int c = text.codePointAt(i);
            out.appendCodePoint(separatesWords(previous) ? Character.toTitleCase(c) : c);
            previous = c;
        }
        return out.toString();
    }

    private static boolean separatesWords(int c) {
        if (c < 0x80) {
            return !Character.isLetterOrDigit(c) && c != '_';
        }
        return !Character.isLetterOrDigit(c) && GoText.isSpace(c);
    }

    private static String untitle(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean start = true;
        for (int i = 0; i < text.length();) {
            int c = text.codePointAt(i);
            boolean space = GoText.isSpace(c);
            out.appendCodePoint(start && !space ? Character.toLowerCase(c) : c);
            start = space;
            i += Character.charCount(c);
        }
        return out.toString();
    }

    private static String swapCase(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean start = true;
        for (int i = 0; i < text.length();) {
            int c = text.codePointAt(i);
            switch (Character.getType(c)) {
                case Character.UPPERCASE_LETTER, Character.TITLECASE_LETTER -> {
                    out.appendCodePoint(Character.toLowerCase(c));
                    start = false;
                }
                case Character.LOWERCASE_LETTER -> {
                    out.appendCodePoint(start ? Character.toTitleCase(c) : Character.toUpperCase(c));
                    start = false;
                }
                default -> {
                    out.appendCodePoint(c);
                    start = GoText.isSpace(c);
                }
            }
            i += Character.charCount(c);
        }
        return out.toString();
    }

    /** The library behind these functions takes each byte of a string for a Latin-1 character, so that other letters fall apart. */
    private static String bytewise(String text, UnaryOperator<String> function) {
        return function.apply(new String(Utf8.bytes(text), StandardCharsets.ISO_8859_1));
    }

    private static String withoutSpace(String latin) {
        StringBuilder out = new StringBuilder(latin.length());
        latin.chars().filter(c -> !GoText.isSpace(c)).forEach(c -> out.append((char) c));
        return out.length() == latin.length() ? Utf8.text(latin.getBytes(StandardCharsets.ISO_8859_1)) : out.toString();
    }

    private static String initials(String latin) {
        StringBuilder out = new StringBuilder();
        boolean start = true;
        for (int i = 0; i < latin.length(); i++) {
            boolean space = GoText.isSpace(latin.charAt(i));
            if (start && !space) {
                out.append(latin.charAt(i));
            }
            start = space;
        }
        return out.toString();
    }

    private static Object wrap(Call call) {
        Arguments.exactly(call, 2);
        return wrapped(call.string(1), Arguments.integer(call, 0), "\n", false);
    }

    private static Object wrapWith(Call call) {
        Arguments.exactly(call, 3);
        String newLine = call.string(1);
        return wrapped(call.string(2), Arguments.integer(call, 0), newLine.isEmpty() ? "\n" : newLine, true);
    }

    /** Lines of at most width bytes, broken at blanks; a longer word is broken too or, if not so wanted, stands alone. */
    private static String wrapped(String text, int width, String newLine, boolean breakWords) {
        byte[] bytes = Utf8.bytes(text);
        String latin = new String(bytes, StandardCharsets.ISO_8859_1);
        int columns = Math.max(1, width);
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        while (latin.length() - at > columns) {
            if (latin.charAt(at) == ' ') {
                at++;
                continue;
            }
            int blank = latin.lastIndexOf(' ', at + columns);
            int next;
            if (blank < at && breakWords) {
                blank = at + columns;
                next = blank;
            } else {
                blank = blank < at ? latin.indexOf(' ', at + columns) : blank;
                if (blank < 0) {
                    break;
                }
                next = blank + 1;
            }
            out.append(Utf8.text(bytes, at, blank)).append(newLine);
            at = next;
        }
        return out.append(Utf8.text(bytes, at, bytes.length)).toString();
    }
}
