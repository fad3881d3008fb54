package dev.sidecarinjector.injection.patch;

import java.util.Arrays;

/** The longest growing subsequence, by patience sorting: n log n. */
final class GrowingSequence {
    private GrowingSequence() {}

    /** Sets to {@link Alignment#GONE} all values of the range that a longest strictly growing subsequence of the others does not need. */
    static void keepLongest(int[] values, int from, int to) {
        int[] endings = new int[to - from];
        int[] previous = new int[to - from];
        int length = 0;
        for (int i = from; i < to; i++) {
            if (values[i] == Alignment.GONE) {
                continue;
            }
            int slot = slot(values, endings, length, values[i]);
            previous[i - from] = slot == 0 ? Alignment.GONE : endings[slot - 1];
            endings[slot] = i;
            length = Math.max(length, slot + 1);
        }
        int[] kept = values.clone();
        Arrays.fill(values, from, to, Alignment.GONE);
        for (int i = length == 0 ? Alignment.GONE : endings[length - 1]; i != Alignment.GONE; i = previous[i - from]) {
            values[i] = kept[i];
        }
    }

    /** The first of the sequences' endings that is not below the value. */
    private static int slot(int[] values, int[] endings, int length, int value) {
        int low = 0;
        int high = length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (values[endings[middle]] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
