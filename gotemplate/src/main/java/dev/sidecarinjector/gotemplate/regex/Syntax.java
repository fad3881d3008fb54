package dev.sidecarinjector.gotemplate.regex;

import java.util.List;
import java.util.function.IntPredicate;

/** A parsed regular expression. */
sealed interface Syntax {
    /** One character out of a set. */
    record One(IntPredicate set) implements Syntax {}

    /** A place between characters. */
    record Place(Anchor anchor) implements Syntax {}

    /** Parts after each other; none at all matches the empty text. */
    record Sequence(List<Syntax> parts) implements Syntax {}

    /** The first alternative that matches. */
    record Choice(List<Syntax> alternatives) implements Syntax {}

    /**
     * A repetition.
     *
     * @param max negative for no limit
     */
    record Repeat(Syntax part, int min, int max, boolean greedy) implements Syntax {}

    /** A group whose text is remembered. */
    record Group(int number, Syntax part) implements Syntax {}

    /** The kinds of places. */
    enum Anchor {
        TEXT_START, TEXT_END, LINE_START, LINE_END, WORD_EDGE, NO_WORD_EDGE
    }
}
