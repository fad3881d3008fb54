package dev.sidecarinjector.capture.state;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which elements of a list stay where they are when it becomes another list. */
final class CommonOrder {
    /** Above so many pairs the middle part is matched in one pass, which may keep fewer. */
    private static final long MOST_PAIRS = 4_000_000;

    private CommonOrder() {}

    /** For each element of {@code wanted} the index of the same element in {@code current}, or -1; indexes grow. */
    static int[] of(List<String> current, List<String> wanted) {
        int[] kept = new int[wanted.size()];
        Arrays.fill(kept, -1);
        int start = 0;
        int shorter = Math.min(current.size(), wanted.size());
        while (start < shorter && current.get(start).equals(wanted.get(start))) {
            kept[start] = start;
            start++;
        }
        int tail = 0;
        while (tail < shorter - start && current.get(current.size() - 1 - tail).equals(wanted.get(wanted.size() - 1 - tail))) {
            tail++;
            kept[wanted.size() - tail] = current.size() - tail;
        }
        int rows = wanted.size() - start - tail;
        int columns = current.size() - start - tail;
        if ((long) rows * columns <= MOST_PAIRS) {
            longest(current.subList(start, start + columns), wanted.subList(start, start + rows), kept, start);
        } else {
            inOnePass(current.subList(start, start + columns), wanted.subList(start, start + rows), kept, start);
        }
        return kept;
    }

    private static void longest(List<String> current, List<String> wanted, int[] kept, int offset) {
        int[][] length = new int[wanted.size() + 1][current.size() + 1];
        for (int i = wanted.size() - 1; i >= 0; i--) {
            for (int j = current.size() - 1; j >= 0; j--) {
                length[i][j] = wanted.get(i).equals(current.get(j))
                        ? length[i + 1][j + 1] + 1
                        : Math.max(length[i + 1][j], length[i][j + 1]);
            }
        }
        int i = 0;
        int j = 0;
        while (i < wanted.size() && j < current.size()) {
            if (wanted.get(i).equals(current.get(j))) {
                kept[offset + i] = offset + j;
                i++;
                j++;
            } else if (length[i + 1][j] >= length[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
    }

    private static void inOnePass(List<String> current, List<String> wanted, int[] kept, int offset) {
        Map<String, Deque<Integer>> places = new HashMap<>();
        for (int j = 0; j < current.size(); j++) {
            places.computeIfAbsent(current.get(j), _ -> new ArrayDeque<>()).add(j);
        }
        int last = -1;
        for (int i = 0; i < wanted.size(); i++) {
            Deque<Integer> candidates = places.getOrDefault(wanted.get(i), new ArrayDeque<>());
            while (!candidates.isEmpty() && candidates.peek() <= last) {
                candidates.remove();
            }
            Integer place = candidates.peek();
            // A far jump would keep one rule and lose all between.
            if (place != null && place - last <= 1 + current.size() / 8) {
                last = candidates.remove();
                kept[offset + i] = offset + last;
            }
        }
    }
}
