package dev.sidecarinjector.capture.proof;

import java.util.List;
import java.util.stream.IntStream;

/** Ports and accounts as users write them: numbers, ranges; a name is nobody here. */
final class PortTexts {
    private PortTexts() {}

    /** Of one port; -1 for a name. */
    static int number(String text) {
        long[] range = range(text);
        return range.length == 0 ? -1 : (int) range[0];
    }

    static boolean contain(List<String> texts, long number) {
        return texts.stream().anyMatch(text -> isNumberOf(text, number));
    }

    static boolean isNumberOf(String text, long number) {
        long[] range = range(text);
        return range.length > 0 && range[0] <= number && number <= range[1];
    }

    /** The ends of a range, which for a single number are the same; empty for a name. */
    static long[] range(String text) {
        String[] ends = text.strip().split("[:-]", 2);
        for (String end : ends) {
            if (end.isEmpty() || end.length() > 10 || !end.chars().allMatch(Character::isDigit)) {
                return new long[0];
            }
        }
        return new long[]{Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1])};
    }

    /** The first number that none of the texts contains. */
    static int free(int from, List<String> texts) {
        return IntStream.iterate(from, number -> number + 1).filter(number -> !contain(texts, number)).findFirst().orElseThrow();
    }
}
