package dev.sidecarinjector.gotemplate.regex;

import dev.sidecarinjector.gotemplate.FunctionFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Parses the syntax of Go's package regexp/syntax. */
final class RegexParser {
    /** Go allows 1000 levels; the stack of a Java thread may be too small for that. */
    private static final int DEEPEST = 200;
    private static final int MOST_REPEATS = 1000;

    private final RegexText text;
    private final List<String> names = new ArrayList<>(List.of(""));
    private RegexFlags flags = RegexFlags.NONE;
    private int depth;

    RegexParser(String expression) {
        this.text = new RegexText(expression);
    }

    /** The names of the groups, empty for one without; the first stands for the whole match. */
    List<String> names() {
        return names;
    }

    Syntax parse() {
        Syntax result = choice();
        if (!text.atEnd()) {
            throw text.failure("unexpected )");
        }
        return result;
    }

    private Syntax choice() {
        List<Syntax> alternatives = new ArrayList<>();
        do {
            alternatives.add(sequence());
        } while (text.skip("|"));
        return alternatives.size() == 1 ? alternatives.getFirst() : new Syntax.Choice(alternatives);
    }

    private Syntax sequence() {
        List<Syntax> parts = new ArrayList<>();
        boolean repeated = false;
        while (!text.atEnd() && text.peek() != '|' && text.peek() != ')') {
            int start = text.position();
            int[] bounds = bounds();
            if (bounds == null) {
                repeated = false;
                part(parts);
                continue;
            }
            if (parts.isEmpty()) {
                throw text.failure("missing argument to repetition operator");
            }
            boolean greedy = text.skip("?") == flags.ungreedy();
            if (repeated) {
                throw text.failure("invalid nested repetition operator", start);
            }
            Syntax.Repeat repeat = new Syntax.Repeat(parts.removeLast(), bounds[0], bounds[1], greedy);
            if (size(repeat) > MOST_REPEATS) {
                throw text.failure("invalid repeat count", start);
            }
            parts.add(repeat);
            repeated = true;
        }
        return parts.size() == 1 ? parts.getFirst() : new Syntax.Sequence(parts);
    }

    /** How often the innermost part of nested counted repetitions is there. */
    private static int size(Syntax syntax) {
        return switch (syntax) {
            case Syntax.Repeat repeat -> {
                int count = Math.max(repeat.min(), repeat.max());
                boolean counted = count > 1;
                yield Math.min(MOST_REPEATS + 1, counted ? count * size(repeat.part()) : size(repeat.part()));
            }
            case Syntax.Group group -> size(group.part());
            case Syntax.Sequence sequence -> sequence.parts().stream().mapToInt(RegexParser::size).max().orElse(1);
            case Syntax.Choice choice -> choice.alternatives().stream().mapToInt(RegexParser::size).max().orElse(1);
            case Syntax.One _,Syntax.Place _ -> 1;
        };
    }

    /** Least and greatest number of a repetition that stands here; null if none does. */
    private int @Nullable [] bounds() {
        if (text.skip("*")) {
            return new int[]{0, -1};
        }
        if (text.skip("+")) {
            return new int[]{1, -1};
        }
        if (text.skip("?")) {
            return new int[]{0, 1};
        }
        int[] counts = text.peek() == '{' ? text.counts() : null;
        if (counts != null && (counts[0] > MOST_REPEATS || counts[1] > MOST_REPEATS || (counts[1] >= 0 && counts[1] < counts[0]))) {
            throw text.failure("invalid repeat count");
        }
        return counts;
    }

    /** Parses a part and appends it. Flags and a quotation append none or many. */
    private void part(List<Syntax> parts) {
        int c = text.next();
        switch (c) {
            case '(' -> group(parts);
            case '[' -> parts.add(new Syntax.One(new ClassParser(text, flags).parse()));
            case '.' -> parts.add(new Syntax.One(flags.dotAll() ? _ -> true : x -> x != '\n'));
            case '^' -> parts.add(new Syntax.Place(flags.multiLine() ? Syntax.Anchor.LINE_START : Syntax.Anchor.TEXT_START));
            case '$' -> parts.add(new Syntax.Place(flags.multiLine() ? Syntax.Anchor.LINE_END : Syntax.Anchor.TEXT_END));
            case '\\' -> escape(parts);
            default -> parts.add(literal(c));
        }
    }

    private Syntax literal(int c) {
        IntPredicate set = x -> x == c;
        return new Syntax.One(flags.ignoreCase() ? CharacterSets.anyCase(set) : set);
    }

    private void escape(List<Syntax> parts) {
        if (text.skip("Q")) {
            while (!text.atEnd() && !text.skip("\\E")) {
                parts.add(literal(text.next()));
            }
            return;
        }
        Syntax.Anchor anchor = switch (text.peek()) {
            case 'A' -> Syntax.Anchor.TEXT_START;
            case 'z' -> Syntax.Anchor.TEXT_END;
            case 'b' -> Syntax.Anchor.WORD_EDGE;
            case 'B' -> Syntax.Anchor.NO_WORD_EDGE;
            default -> null;
        };
        if (anchor != null) {
            text.next();
            parts.add(new Syntax.Place(anchor));
            return;
        }
        IntPredicate set = text.namedSet();
        if (set != null) {
            parts.add(new Syntax.One(flags.ignoreCase() ? CharacterSets.anyCase(set) : set));
        } else {
            parts.add(literal(text.escapedCharacter()));
        }
    }

    private void group(List<Syntax> parts) {
        RegexFlags outer = flags;
        int number = 0;
        if (text.skip("?P<") || text.skip("?<")) {
            number = name(text.until('>'));
        } else if (text.skip("?")) {
            flags = RegexFlags.parse(text, flags);
            if (text.skip(")")) {
                return;
            }
            text.skip(":");
        } else {
            number = names.size();
            names.add("");
        }
        if (++depth > DEEPEST) {
            throw text.failure("expression nests too deeply");
        }
        Syntax inner = choice();
        depth--;
        if (!text.skip(")")) {
            throw text.failure("missing closing )");
        }
        flags = outer;
        parts.add(number == 0 ? inner : new Syntax.Group(number, inner));
    }

    private int name(String name) {
        if (name.isEmpty() || !name.chars().allMatch(CharacterSets::isWord)) {
            throw text.failure("invalid named capture");
        }
        if (names.contains(name)) {
            throw text.failure("duplicate capture group name");
        }
        names.add(name);
        return names.size() - 1;
    }
}
