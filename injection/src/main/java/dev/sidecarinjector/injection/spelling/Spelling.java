package dev.sidecarinjector.injection.spelling;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** How much two words differ. */
public final class Spelling {
    private Spelling() {}

    /** The known word that differs in the fewest letters; null where all differ in more than a third of them. */
    public static @Nullable String nearest(String word, Collection<String> known) {
        return nearest(word, known, Math.max(2, word.length() / 3));
    }

    /** The known word that differs in the fewest letters, at most in so many; null where there is none. */
    public static @Nullable String nearest(String word, Collection<String> known, int most) {
        String best = null;
        int limit = most + 1;
        for (String candidate : known) {
            if (Math.abs(candidate.length() - word.length()) < limit) {
                int distance = distance(word, candidate);
                if (distance < limit) {
                    best = candidate;
                    limit = distance;
                }
            }
        }
        return best;
    }

    /** Edit distance of Levenshtein; letters that differ in case only count as equal. */
    public static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
                int substituted = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
