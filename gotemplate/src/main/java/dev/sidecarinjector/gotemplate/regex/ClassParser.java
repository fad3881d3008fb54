package dev.sidecarinjector.gotemplate.regex;

import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Parses a set in brackets, {@code [a-z\d[:upper:]]}, after the opening one. */
final class ClassParser {
    private final RegexText text;
    private final RegexFlags flags;

    ClassParser(RegexText text, RegexFlags flags) {
        this.text = text;
        this.flags = flags;
    }

    IntPredicate parse() {
        boolean negated = text.skip("^");
        IntPredicate set = _ -> false;
        boolean first = true;
        while (first || text.peek() != ']') {
            if (text.atEnd()) {
                throw text.failure("missing closing ]");
            }
            set = set.or(item());
            first = false;
        }
        text.next();
        IntPredicate all = flags.ignoreCase() ? CharacterSets.anyCase(set) : set;
        return negated ? all.negate() : all;
    }

    private IntPredicate item() {
        IntPredicate named = named();
        if (named != null) {
            return named;
        }
        int low = character();
        int high = low;
        if (text.startsWith("-") && !text.startsWith("-]")) {
            text.next();
            high = character();
        }
        if (high < low) {
            throw text.failure("invalid character class range");
        }
        int last = high;
        return c -> c >= low && c <= last;
    }

    private @Nullable IntPredicate named() {
        if (text.startsWith("[:") && text.hasAhead(":]")) {
            String name = text.until(']');
            String plain = name.substring(name.startsWith("[:^") ? 3 : 2, name.length() - 1);
            IntPredicate set = name.endsWith(":") ? CharacterSets.posix(plain) : null;
            if (set == null) {
                throw text.failure("invalid character class range");
            }
            return name.startsWith("[:^") ? set.negate() : set;
        }
        if (!text.startsWith("\\")) {
            return null;
        }
        int start = text.position();
        text.next();
        IntPredicate set = text.namedSet();
        if (set == null) {
            text.back(start);
        }
        return set;
    }

    private int character() {
        if (text.skip("\\")) {
            return text.escapedCharacter();
        }
        return text.next();
    }
}
