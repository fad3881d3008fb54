package dev.sidecarinjector.gotemplate.regex;

import dev.sidecarinjector.gotemplate.FunctionFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** A regular expression as instructions for the {@link Machine}. */
final class Program {
    private static final int LARGEST = 100_000;

    /** One instruction. */
    sealed interface Step {}

    /** Reads one character out of a set. */
    record Read(IntPredicate set) implements Step {}

    /** Goes on only at such a place. */
    record Check(Syntax.Anchor anchor) implements Step {}

    /** Remembers the position. */
    record Save(int slot) implements Step {}

    /** Goes on at two places, of which the first is preferred. */
    record Fork(int first, int second) implements Step {}

    /** The end. */
    record Done() implements Step {}

    final List<Step> steps = new ArrayList<>();
    final int slots;

    private Program(int groups) {
        this.slots = 2 * groups;
    }

    /** @param groups how many there are, with the whole match as the first */
    static Program of(Syntax syntax, int groups) {
        Program program = new Program(groups);
        program.add(new Syntax.Group(0, syntax));
        program.emit(new Done());
        return program;
    }

    private int emit(Step step) {
        if (steps.size() >= LARGEST) {
            throw new FunctionFailure("error parsing regexp: expression too large");
        }
        steps.add(step);
        return steps.size() - 1;
    }

    /** Appends the instructions; says whether they can match the empty text. */
    private boolean add(Syntax syntax) {
        return switch (syntax) {
            case Syntax.One one -> {
                emit(new Read(one.set()));
                yield false;
            }
            case Syntax.Place place -> {
                emit(new Check(place.anchor()));
                yield true;
            }
            case Syntax.Sequence sequence -> {
                boolean empty = true;
                for (Syntax part : sequence.parts()) {
                    empty &= add(part);
                }
                yield empty;
            }
            case Syntax.Choice choice -> choice(choice.alternatives());
            case Syntax.Repeat repeat -> repeat(repeat);
            case Syntax.Group group -> {
                emit(new Save(2 * group.number()));
                boolean empty = add(group.part());
                emit(new Save(2 * group.number() + 1));
                yield empty;
            }
        };
    }

    private boolean choice(List<Syntax> alternatives) {
        boolean empty = false;
        List<Integer> ends = new ArrayList<>();
        for (int i = 0; i < alternatives.size(); i++) {
            boolean last = i == alternatives.size() - 1;
            int fork = last ? -1 : emit(new Done());
            empty |= add(alternatives.get(i));
            if (!last) {
                ends.add(emit(new Done()));
                steps.set(fork, new Fork(fork + 1, steps.size()));
            }
        }
        ends.forEach(end -> steps.set(end, new Fork(steps.size(), steps.size())));
        return empty;
    }

    private boolean repeat(Syntax.Repeat repeat) {
        if (repeat.max() < 0) {
            for (int i = 1; i < repeat.min(); i++) {
                add(repeat.part());
            }
            return repeat.min() == 0 ? star(repeat) : plus(repeat);
        }
        boolean empty = true;
        for (int i = 0; i < repeat.min(); i++) {
            empty = add(repeat.part());
        }
        List<Integer> forks = new ArrayList<>();
        for (int i = repeat.min(); i < repeat.max(); i++) {
            forks.add(emit(new Done()));
            add(repeat.part());
        }
        forks.forEach(fork -> steps.set(fork, fork(fork + 1, steps.size(), repeat.greedy())));
        return repeat.min() == 0 || empty;
    }

    /** A part that can be empty is repeated as {@code (part+)?}, which gives Perl's order of preference. */
    private boolean star(Syntax.Repeat repeat) {
        int start = emit(new Done());
        boolean empty = add(repeat.part());
        if (empty) {
            emit(fork(start + 1, steps.size() + 1, repeat.greedy()));
        } else {
            emit(new Fork(start, start));
        }
        steps.set(start, fork(start + 1, steps.size(), repeat.greedy()));
        return true;
    }

    private boolean plus(Syntax.Repeat repeat) {
        int start = steps.size();
        boolean empty = add(repeat.part());
        emit(fork(start, steps.size() + 1, repeat.greedy()));
        return empty;
    }

    private static Fork fork(int inside, int after, boolean greedy) {
        return greedy ? new Fork(inside, after) : new Fork(after, inside);
    }
}
