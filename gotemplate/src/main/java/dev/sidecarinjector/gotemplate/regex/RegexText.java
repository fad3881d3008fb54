package dev.sidecarinjector.gotemplate.regex;

import dev.sidecarinjector.gotemplate.FunctionFailure;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** The text of a regular expression with the position up to which it has been read, and what is read the same within a class and outside. */
final class RegexText {
    private final String text;
    private int at;

    RegexText(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at == text.length();
    }

    int position() {
        return at;
    }

    /** The next character, which stays; negative at the end. */
    int peek() {
        return atEnd() ? -1 : text.codePointAt(at);
    }

    /** Reads a character. */
    int next() {
        if (atEnd()) {
            throw failure("unexpected end of expression");
        }
        int c = text.codePointAt(at);
        at += Character.charCount(c);
        return c;
    }

    boolean startsWith(String part) {
        return text.startsWith(part, at);
    }

    /** Whether these characters come somewhere in the rest. */
    boolean hasAhead(String part) {
        return text.indexOf(part, at) >= 0;
    }

    /** Goes back to a position. */
    void back(int position) {
        at = position;
    }

    /** Reads these characters if they come next. */
    boolean skip(String part) {
        boolean found = startsWith(part);
        at += found ? part.length() : 0;
        return found;
    }

    /** Reads up to a character and that too. */
    String until(char end) {
        int index = text.indexOf(end, at);
        if (index < 0) {
            throw failure("missing " + end);
        }
        String result = text.substring(at, index);
        at = index + 1;
        return result;
    }

    /** Reads <code>{2}</code>, <code>{2,}</code> or <code>{2,5}</code> as least and greatest number; null, and nothing read, for anything else. */
    int @Nullable [] counts() {
        int end = text.indexOf('}', at);
        String inner = end < 0 ? "" : text.substring(at + 1, end);
        int comma = inner.indexOf(',');
        int min = count(comma < 0 ? inner : inner.substring(0, comma));
        String rest = comma < 0 ? "" : inner.substring(comma + 1);
        int max = comma < 0 ? min : rest.isEmpty() ? -1 : count(rest);
        if (min < 0 || (max < 0 && !(comma >= 0 && rest.isEmpty()))) {
            return null;
        }
        at = end + 1;
        return new int[]{min, max};
    }

    private static int count(String digits) {
        boolean number = !digits.isEmpty() && digits.chars().allMatch(c -> c >= '0' && c <= '9')
                && (digits.length() == 1 || digits.charAt(0) != '0');
        return number ? Integer.parseInt(digits.length() > 8 ? "99999999" : digits) : -1;
    }

    /** Reads the name of a set after a backslash: {@code d}, {@code pL}, <code>p{Greek}</code>; null, and nothing read, for anything else. */
    @Nullable
    IntPredicate namedSet() {
        int letter = peek();
        IntPredicate perl = CharacterSets.perl(letter);
        if (perl != null) {
            next();
            return perl;
        }
        if (letter != 'p' && letter != 'P') {
            return null;
        }
        next();
        String name = skip("{") ? until('}') : Character.toString(next());
        boolean negated = (letter == 'P') != name.startsWith("^");
        IntPredicate set = CharacterSets.unicode(name.startsWith("^") ? name.substring(1) : name);
        if (set == null) {
            throw failure("invalid character class range");
        }
        return negated ? set.negate() : set;
    }

    /** Reads what follows a backslash and stands for one character. */
    int escapedCharacter() {
        if (atEnd()) {
            throw failure("trailing backslash at end of expression");
        }
        int c = next();
        return switch (c) {
            case 'a' -> 7;
            case 'f' -> '\f';
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'v' -> 11;
            case 'x' -> hexadecimal();
            case '0' -> octal(0);
            case '1', '2', '3', '4', '5', '6', '7' -> {
                if (peek() < '0' || peek() > '7') {
                    throw failure("invalid escape sequence");
                }
                yield octal(c - '0');
            }
            default -> {
                if (c >= 0x80 || (CharacterSets.isWord(c) && c != '_')) {
                    throw failure("invalid escape sequence");
                }
                yield c;
            }
        };
    }

    private int octal(int first) {
        int value = first;
        for (int i = 0; i < 2 && peek() >= '0' && peek() <= '7'; i++) {
            value = value * 8 + next() - '0';
        }
        return value;
    }

    private int hexadecimal() {
        String digits = skip("{") ? until('}') : at + 2 <= text.length() ? text.substring(at, at += 2) : "";
        boolean valid = !digits.isEmpty() && digits.length() <= 8 && digits.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0);
        long value = valid ? Long.parseLong(digits, 16) : -1;
        if (value < 0 || value > Character.MAX_CODE_POINT) {
            throw failure("invalid escape sequence");
        }
        return (int) value;
    }

    FunctionFailure failure(String reason) {
        return failure(reason, at);
    }

    FunctionFailure failure(String reason, int position) {
        return new FunctionFailure("error parsing regexp: " + reason + " at character " + (position + 1) + " of `" + text + "`");
    }
}
