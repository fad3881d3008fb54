package dev.sidecarinjector.gotemplate.regex;

import java.util.Locale;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The sets of characters that have a name in regular expressions. */
final class CharacterSets {
    /** The two letters of each general category, in the order of the numbers of {@link Character#getType(int)}. */
    private static final String CATEGORIES = "CnLuLlLtLmLoMnMeMcNdNlNoZsZlZpCcCf--CoCsPdPsPePcPoSmScSkSoPiPf";

    private CharacterSets() {}

    static boolean isWord(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    }

    /** {@code \d}, {@code \s}, {@code \w} and their opposites; null for another letter. */
    static @Nullable IntPredicate perl(int letter) {
        return switch (letter) {
            case 'd' -> c -> c >= '0' && c <= '9';
            case 's' -> c -> c == '\t' || c == '\n' || c == '\f' || c == '\r' || c == ' ';
            case 'w' -> CharacterSets::isWord;
            case 'D', 'S', 'W' -> Objects.requireNonNull(perl(Character.toLowerCase(letter))).negate();
            default -> null;
        };
    }

    /** {@code alpha} of {@code [[:alpha:]]}; null for an unknown name. */
    static @Nullable IntPredicate posix(String name) {
        return switch (name) {
            case "alnum" -> c -> isWord(c) && c != '_';
            case "alpha" -> c -> isWord(c) && c > '9' && c != '_';
            case "ascii" -> c -> c < 0x80;
            case "blank" -> c -> c == '\t' || c == ' ';
            case "cntrl" -> c -> c < ' ' || c == 0x7F;
            case "digit" -> c -> c >= '0' && c <= '9';
            case "graph" -> c -> c > ' ' && c < 0x7F;
            case "lower" -> c -> c >= 'a' && c <= 'z';
            case "print" -> c -> c >= ' ' && c < 0x7F;
            case "punct" -> c -> c > ' ' && c < 0x7F && (!isWord(c) || c == '_');
            case "space" -> c -> (c >= '\t' && c <= '\r') || c == ' ';
            case "upper" -> c -> c >= 'A' && c <= 'Z';
            case "word" -> CharacterSets::isWord;
            case "xdigit" -> c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
            default -> null;
        };
    }

    /** A general category or a script of Unicode, or {@code Any}; null for an unknown name. */
    static @Nullable IntPredicate unicode(String name) {
        if (name.equals("Any")) {
            return _ -> true;
        }
        int category = CATEGORIES.indexOf(name);
        if (!name.isEmpty() && name.length() <= 2 && category >= 0 && category % 2 == 0) {
            return c -> CATEGORIES.startsWith(name, 2 * Character.getType(c));
        }
        try {
            Character.UnicodeScript script = Character.UnicodeScript.forName(name.toUpperCase(Locale.ROOT));
            return c -> Character.UnicodeScript.of(c) == script;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /** The set with the other case of each of its characters. */
    static IntPredicate anyCase(IntPredicate set) {
        return c -> {
            int lower = Character.toLowerCase(c);
            int upper = Character.toUpperCase(c);
            return set.test(c) || set.test(lower) || set.test(upper) || set.test(Character.toLowerCase(upper));
        };
    }
}
