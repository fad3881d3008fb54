package dev.sidecarinjector.gotemplate.sprig;

import dev.sidecarinjector.gotemplate.Call;
import dev.sidecarinjector.gotemplate.Function;
import dev.sidecarinjector.gotemplate.FunctionFailure;
import dev.sidecarinjector.gotemplate.GoSlice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Functions that count. */
final class Sequences {
    /** More numbers than a template may loop over. */
    private static final int LONGEST = 1_000_000;

    private Sequences() {}

    static @Nullable Function find(String name) {
        return switch (name) {
            case "until" -> Sequences::until;
            case "untilStep" -> Sequences::untilStep;
            case "seq" -> Sequences::seq;
            default -> null;
        };
    }

    private static Object until(Call call) {
        Arguments.exactly(call, 1);
        int end = Arguments.integer(call, 0);
        return new GoSlice("[]int", numbers(0, end, end < 0 ? -1 : 1));
    }

    private static Object untilStep(Call call) {
        Arguments.exactly(call, 3);
        return new GoSlice("[]int", numbers(Arguments.integer(call, 0), Arguments.integer(call, 1), Arguments.integer(call, 2)));
    }

    /** As the Unix command: the last number, or first and last, or first, step and last. */
    private static Object seq(Call call) {
        int[] n = new int[call.size()];
        for (int i = 0; i < n.length; i++) {
            n[i] = Arguments.integer(call, i);
        }
        if (n.length == 0 || n.length > 3) {
            return "";
        }
        int first = n.length == 1 ? 1 : n[0];
        int last = n[n.length - 1];
        int down = last < first ? -1 : 1;
        if (n.length == 3 && down < 0 && n[1] > 0) {
            return "";
        }
        StringBuilder out = new StringBuilder();
        for (Integer number : numbers(first, (long) last + down, n.length == 3 ? n[1] : down)) {
            out.append(out.isEmpty() ? "" : " ").append(number.intValue());
        }
        return out.toString();
    }

    /** The numbers from start on in steps, up or down, as long as they have not reached the end. */
    private static List<Integer> numbers(long start, long end, long step) {
        List<Integer> result = new ArrayList<>();
        if (step == 0 || end < start != step < 0) {
            return result;
        }
        if ((end - start) / step > LONGEST) {
            throw new FunctionFailure("the list would have more than " + LONGEST + " numbers");
        }
        for (long i = start; step > 0 ? i < end : i > end; i += step) {
            result.add((int) i);
        }
        return result;
    }
}
