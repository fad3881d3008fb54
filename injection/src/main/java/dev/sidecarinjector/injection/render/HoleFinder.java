package dev.sidecarinjector.injection.render;

import dev.sidecarinjector.injection.yaml.ScalarResolver;
import dev.sidecarinjector.injection.yaml.ScalarStyle;
import dev.sidecarinjector.injection.yaml.YamlReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Finds the scalars of a shape that hold marks, and which spans the marks stand for: the order of the text says it. */
final class HoleFinder implements ScalarResolver {
    /** Before the number of a hole that stands as a key. */
    static final char KEY = '\uE002';

    private final int[] marks;
    private final List<HoleScalar> keys = new ArrayList<>();
    private int count;

    HoleFinder(String text) {
        marks = positions(text);
    }

    static int[] positions(String text) {
        int[] positions = new int[16];
        int n = 0;
        for (int i = 0; i < text.length(); i++) {
            if (Shape.isMark(text.charAt(i))) {
                if (n == positions.length) {
                    positions = Arrays.copyOf(positions, n * 2);
                }
                positions[n++] = i;
            }
        }
        return Arrays.copyOf(positions, n);
    }

    @Override
    public JsonNode value(String text, ScalarStyle style, @Nullable String tag, int start) {
        HoleScalar hole = hole(text, style, tag, start);
        return hole == null ? YamlReader.resolve(text, style, tag) : JsonNodeFactory.instance.pojoNode(hole);
    }

    @Override
    public String key(String text, ScalarStyle style, @Nullable String tag, int start) {
        HoleScalar hole = hole(text, style, tag, start);
        if (hole == null) {
            return YamlReader.keyName(YamlReader.resolve(text, style, tag));
        }
        keys.add(hole);
        return KEY + String.valueOf(keys.size() - 1);
    }

    private @Nullable HoleScalar hole(String text, ScalarStyle style, @Nullable String tag, int start) {
        int holes = 0;
        for (int i = 0; i < text.length(); i++) {
            if (Shape.isMark(text.charAt(i))) {
                holes++;
            }
        }
        if (holes == 0) {
            return null;
        }
        count += holes;
        return HoleScalar.of(text, style, tag, firstSpan(start));
    }

    /** The span that the first mark at or after a place of the text stands for. */
    private int firstSpan(int start) {
        int found = Arrays.binarySearch(marks, start);
        return found >= 0 ? found : -found - 1;
    }

    /** Holes that stand as keys, by number. */
    List<HoleScalar> keys() {
        return keys;
    }

    /** How many marks the scalars hold. */
    int count() {
        return count;
    }

    /** How many marks the text holds. */
    int marks() {
        return marks.length;
    }
}
