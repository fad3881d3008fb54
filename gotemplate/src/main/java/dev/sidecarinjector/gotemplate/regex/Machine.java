package dev.sidecarinjector.gotemplate.regex;

import dev.sidecarinjector.gotemplate.FunctionFailure;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Runs a {@link Program} over one text, all alternatives side by side in the order of preference (Pike's algorithm): no backtracking. */
final class Machine {
    /** A bound for all searches in one text together. */
    private static final long MOST_STEPS = 50_000_000;

    private final Program program;
    private final String text;
    private final int[] stack;
    private final int[][] stackSlots;
    private Threads now;
    private Threads next;
    private long taken;

    /** The instructions that wait for a character, the preferred first, each with the positions it has saved. */
    private static final class Threads {
        final int[] steps;
        final int[][] slots;
        /** When an instruction was last added. */
        final long[] added;
        long round;
        int size;

        Threads(int length) {
            steps = new int[length];
            slots = new int[length][];
            added = new long[length];
        }

        void clear() {
            round++;
            size = 0;
        }
    }

    Machine(Program program, String text) {
        this.program = program;
        this.text = text;
        int length = program.steps.size();
        this.now = new Threads(length);
        this.next = new Threads(length);
        this.stack = new int[2 * length + 2];
        this.stackSlots = new int[2 * length + 2][];
    }

    /** The start and end of the leftmost match from a position on, then of its groups, -1 where one took no part; null if there is none. */
    int @Nullable [] find(int from) {
        int[] match = null;
        now.clear();
        for (int at = from;;) {
            if (match == null) {
                int[] slots = new int[program.slots];
                Arrays.fill(slots, -1);
                add(now, 0, at, slots);
            }
            if (now.size == 0 && match != null) {
                return match;
            }
            int c = at < text.length() ? text.codePointAt(at) : -1;
            int after = at + (c < 0 ? 0 : Character.charCount(c));
            int[] found = step(c, after);
            match = found == null ? match : found;
            if (c < 0) {
                return match;
            }
            at = after;
        }
    }

    /** Lets all threads read a character; returns the positions of a thread that is done, behind which no other counts. */
    private int @Nullable [] step(int c, int after) {
        int[] match = null;
        next.clear();
        for (int i = 0; i < now.size && match == null; i++) {
            int pc = now.steps[i];
            if (program.steps.get(pc) instanceof Program.Read read) {
                if (c >= 0 && read.set().test(Character.isSurrogate((char) c) && c < 0x10000 ? 0xFFFD : c)) {
                    add(next, pc + 1, after, now.slots[i]);
                }
            } else {
                match = now.slots[i];
            }
        }
        taken += now.size + 1;
        if (taken > MOST_STEPS) {
            throw new FunctionFailure("the regular expression takes too long for this text");
        }
        Threads swap = now;
        now = next;
        next = swap;
        return match;
    }

    /** Follows all instructions that read nothing. */
    private void add(Threads threads, int start, int at, int[] startSlots) {
        int top = 0;
        stack[top] = start;
        stackSlots[top++] = startSlots;
        while (top > 0) {
            int pc = stack[--top];
            int[] slots = stackSlots[top];
            if (threads.added[pc] == threads.round) {
                continue;
            }
            threads.added[pc] = threads.round;
            taken++;
            switch (program.steps.get(pc)) {
                case Program.Fork fork -> {
                    stack[top] = fork.second();
                    stackSlots[top++] = slots;
                    stack[top] = fork.first();
                    stackSlots[top++] = slots;
                }
                case Program.Save save -> {
                    int[] saved = slots.clone();
                    saved[save.slot()] = at;
                    stack[top] = pc + 1;
                    stackSlots[top++] = saved;
                }
                case Program.Check check -> {
                    if (holds(check.anchor(), at)) {
                        stack[top] = pc + 1;
                        stackSlots[top++] = slots;
                    }
                }
                case Program.Read _,Program.Done _ -> {
                    threads.steps[threads.size] = pc;
                    threads.slots[threads.size++] = slots;
                }
            }
        }
    }

    private boolean holds(Syntax.Anchor anchor, int at) {
        return switch (anchor) {
            case TEXT_START -> at == 0;
            case TEXT_END -> at == text.length();
            case LINE_START -> at == 0 || text.charAt(at - 1) == '\n';
            case LINE_END -> at == text.length() || text.charAt(at) == '\n';
            case WORD_EDGE -> isWord(at - 1) != isWord(at);
            case NO_WORD_EDGE -> isWord(at - 1) == isWord(at);
        };
    }

    private boolean isWord(int at) {
        return at >= 0 && at < text.length() && CharacterSets.isWord(text.charAt(at));
    }
}
