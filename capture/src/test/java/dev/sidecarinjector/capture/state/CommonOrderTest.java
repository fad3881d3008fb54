package dev.sidecarinjector.capture.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CommonOrderTest {
    @Test
    void knownLists() {
        assertThat(CommonOrder.of(List.of("a", "b", "c"), List.of("a", "b", "c"))).containsExactly(0, 1, 2);
        assertThat(CommonOrder.of(List.of("a", "b", "c", "d"), List.of("d", "a", "b", "c"))).containsExactly(-1, 0, 1, 2);
        assertThat(CommonOrder.of(List.of(), List.of("a"))).containsExactly(-1);
        assertThat(CommonOrder.of(List.of("a", "a"), List.of("a"))).containsExactly(0);
        assertThat(CommonOrder.of(List.of("x", "a", "y"), List.of("y", "x", "a", "z"))).containsExactly(-1, 0, 1, -1);
    }

    @Test
    void indexesGrowAndPointToTheSameElement() {
        Random random = new Random(3);
        for (int round = 0; round < 500; round++) {
            List<String> current = list(random, random.nextInt(12), 6);
            List<String> wanted = list(random, random.nextInt(12), 6);
            check(current, wanted);
        }
        check(list(random, 3000, 100_000), list(random, 3000, 100_000));
        List<String> many = list(random, 5000, 1_000_000);
        assertThat(CommonOrder.of(many, many.reversed())).hasSize(5000);
        check(many, many.reversed());
    }

    private static void check(List<String> current, List<String> wanted) {
        int[] kept = CommonOrder.of(current, wanted);
        int last = -1;
        for (int i = 0; i < kept.length; i++) {
            if (kept[i] >= 0) {
                assertThat(kept[i]).isGreaterThan(last);
                assertThat(current.get(kept[i])).isEqualTo(wanted.get(i));
                last = kept[i];
            }
        }
    }

    private static List<String> list(Random random, int size, int letters) {
        return IntStream.range(0, size).mapToObj(_ -> Integer.toString(random.nextInt(letters))).toList();
    }
}
