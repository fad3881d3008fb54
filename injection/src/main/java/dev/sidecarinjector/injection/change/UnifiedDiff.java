package dev.sidecarinjector.injection.change;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The difference of two texts in the unified format, as {@code diff -u} and git print it. */
public final class UnifiedDiff {
    private static final int CONTEXT = 3;

    private final List<String> before;
    private final List<String> after;
    private final boolean colour;
    private final StringBuilder out = new StringBuilder();

    private UnifiedDiff(List<String> before, List<String> after, boolean colour) {
        this.before = before;
        this.after = after;
        this.colour = colour;
    }

    /** Empty where the texts have the same lines. */
    public static String of(String beforeName, String before, String afterName, String after, boolean colour) {
        UnifiedDiff diff = new UnifiedDiff(before.lines().toList(), after.lines().toList(), colour);
        List<Edit> edits = diff.edits();
        if (edits.isEmpty()) {
            return "";
        }
        diff.line('-', "-- " + beforeName);
        diff.line('+', "++ " + afterName);
        diff.hunks(edits);
        return diff.out.toString();
    }

    /** Lines {@code [start, end)} before that are replaced by lines {@code [from, to)} after. */
    private record Edit(int start, int end, int from, int to) {}

    private List<Edit> edits() {
        int[] partner = LongestCommonSequence.partners(before, after);
        List<Edit> edits = new ArrayList<>();
        int a = 0;
        int b = 0;
        while (a < before.size() || b < after.size()) {
            int start = a;
            int from = b;
            while (a < before.size() && partner[a] < 0) {
                a++;
            }
            int stop = a < before.size() ? partner[a] : after.size();
            b = stop;
            if (a > start || b > from) {
                edits.add(new Edit(start, a, from, b));
            }
            while (a < before.size() && partner[a] == b) {
                a++;
                b++;
            }
        }
        return edits;
    }

    private void hunks(List<Edit> edits) {
        int first = 0;
        for (int i = 0; i < edits.size(); i++) {
            boolean last = i == edits.size() - 1;
            if (last || edits.get(i + 1).start() - edits.get(i).end() > 2 * CONTEXT) {
                hunk(edits.subList(first, i + 1));
                first = i + 1;
            }
        }
    }

    private void hunk(List<Edit> edits) {
        Edit head = edits.getFirst();
        Edit tail = edits.getLast();
        int lead = Math.min(CONTEXT, head.start());
        int start = head.start() - lead;
        int from = head.from() - lead;
        int end = Math.min(before.size(), tail.end() + CONTEXT);
        int to = tail.to() + end - tail.end();
        line('@', "@ -" + range(start, end) + " +" + range(from, to) + " @@");
        int at = start;
        for (Edit edit : edits) {
            context(at, edit.start());
            for (int i = edit.start(); i < edit.end(); i++) {
                line('-', before.get(i));
            }
            for (int i = edit.from(); i < edit.to(); i++) {
                line('+', after.get(i));
            }
            at = edit.end();
        }
        context(at, end);
    }

    private void context(int start, int end) {
        for (int i = start; i < end; i++) {
            out.append(' ').append(before.get(i)).append('\n');
        }
    }

    /** An empty range is named by the line before it; a length of one is left out. */
    private static String range(int start, int end) {
        int length = end - start;
        return (length == 0 ? start : start + 1) + (length == 1 ? "" : "," + length);
    }

    private void line(char sign, String text) {
        if (colour) {
            out.append(Colour.of(sign)).append(sign).append(text).append(Colour.END).append('\n');
        } else {
            out.append(sign).append(text).append('\n');
        }
    }

    /** A longest common subsequence of lines, by Myers' greedy algorithm. */
    private static final class LongestCommonSequence {
        private LongestCommonSequence() {}

        /** For each line before the line after that it stays as; -1 where it goes. */
        static int[] partners(List<String> a, List<String> b) {
            int[] partners = new int[a.size()];
            Arrays.fill(partners, -1);
            int max = a.size() + b.size();
            List<int[]> rounds = new ArrayList<>();
            int[] furthest = new int[2 * max + 3];
            int middle = max + 1;
            for (int d = 0; d <= max; d++) {
                rounds.add(Arrays.copyOfRange(furthest, middle - d - 1, middle + d + 2));
                for (int k = -d; k <= d; k += 2) {
                    int x = down(furthest, middle, k, d) ? furthest[middle + k + 1] : furthest[middle + k - 1] + 1;
                    while (x < a.size() && x - k < b.size() && a.get(x).equals(b.get(x - k))) {
                        x++;
                    }
                    furthest[middle + k] = x;
                    if (x >= a.size() && x - k >= b.size()) {
                        trace(partners, rounds, d, a.size(), b.size());
                        return partners;
                    }
                }
            }
            return partners;
        }

        private static boolean down(int[] furthest, int middle, int k, int d) {
            return k == -d || (k != d && furthest[middle + k - 1] < furthest[middle + k + 1]);
        }

        private static void trace(int[] partners, List<int[]> rounds, int rounded, int endX, int endY) {
            int x = endX;
            int y = endY;
            for (int d = rounded; d >= 0; d--) {
                int[] furthest = rounds.get(d);
                int middle = d + 1;
                int k = x - y;
                int previous = d == 0 ? 0 : down(furthest, middle, k, d) ? k + 1 : k - 1;
                int startX = d == 0 ? 0 : furthest[middle + previous];
                int startY = startX - previous;
                while (x > startX && y > startY && x > 0 && y > 0) {
                    partners[--x] = --y;
                }
                x = startX;
                y = startY;
            }
        }
    }
}
