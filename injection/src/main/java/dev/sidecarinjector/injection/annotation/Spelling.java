package dev.sidecarinjector.injection.annotation;

import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** What somebody may have meant who wrote a word that is not known. */
public final class Spelling {
    private Spelling() {}

    /** The known word that differs in the fewest letters; null where all differ in more than a third of them. */
    public static @Nullable String nearest(String word, Collection<String> known) {
        String best = null;
        int limit = Math.max(2, word.length() / 3) + 1;
        for (String candidate : known) {
            int distance = distance(word, candidate);
            if (distance < limit) {
                best = candidate;
                limit = distance;
            }
        }
        return best;
    }

    /** Edit distance of Levenshtein; letters that differ in case only count as equal. */
    static int distance(String a, String b) {
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
