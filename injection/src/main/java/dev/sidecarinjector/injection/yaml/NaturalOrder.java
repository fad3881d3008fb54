package dev.sidecarinjector.injection.yaml;

/**
 * The order of keys in printed YAML: letters by code point, what is no letter before letters, runs of digits by their value. Go's rule does not
 * promise to be transitive, so the sort is one that does not mind.
 */
final class NaturalOrder {
    private static final int STEPWISE = 12;

    private NaturalOrder() {}

    /** Sorts in place: few keys step by step as Go does (where the rule goes in circles the way of sorting shows), many by halving. */
    static void sort(String[] keys) {
        for (int i = 1; i < keys.length; i++) {
            String key = keys[i];
            int at = keys.length <= STEPWISE ? stepwise(keys, i) : halving(keys, i);
            if (at < i) {
                System.arraycopy(keys, at, keys, at + 1, i - at);
                keys[at] = key;
            }
        }
    }

    private static int stepwise(String[] keys, int end) {
        int at = end;
        while (at > 0 && less(keys[end], keys[at - 1])) {
            at--;
        }
        return at;
    }

    private static int halving(String[] keys, int end) {
        if (!less(keys[end], keys[end - 1])) {
            return end;
        }
        int low = 0;
        int high = end - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (less(keys[end], keys[middle])) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    static boolean less(String a, String b) {
        int length = Math.min(a.length(), b.length());
        for (int i = 0; i < length; i++) {
            if (a.charAt(i) != b.charAt(i)) {
                return lessAt(a, b, Character.isLowSurrogate(a.charAt(i)) && i > 0 ? i - 1 : i);
            }
        }
        return a.length() < b.length();
    }

    private static boolean lessAt(String a, String b, int at) {
        int charA = a.codePointAt(at);
        int charB = b.codePointAt(at);
        boolean letterA = Character.isLetter(charA);
        boolean letterB = Character.isLetter(charB);
        if (letterA || letterB) {
            return (letterA && letterB) ? charA < charB : letterB;
        }
        long start = (charA == '0' || charB == '0') && followsNonZeroDigit(a, at) ? 1 : 0;
        int endA = digits(a, at);
        int endB = digits(b, at);
        long numberA = number(start, a, at, endA);
        long numberB = number(start, b, at, endB);
        if (numberA != numberB) {
            return numberA < numberB;
        }
        return endA != endB ? endA < endB : charA < charB;
    }

    /** A zero then belongs to a number that has begun before the difference. */
    private static boolean followsNonZeroDigit(String text, int at) {
        for (int i = at - 1; i >= 0 && Character.isDigit(text.charAt(i)); i--) {
            if (text.charAt(i) != '0') {
                return true;
            }
        }
        return false;
    }

    private static int digits(String text, int from) {
        int end = from;
        while (end < text.length() && Character.isDigit(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static long number(long start, String text, int from, int to) {
        long number = start;
        for (int i = from; i < to; i++) {
            number = number * 10 + text.charAt(i) - '0';
        }
        return number;
    }
}
