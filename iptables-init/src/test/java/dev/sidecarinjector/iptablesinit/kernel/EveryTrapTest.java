package dev.sidecarinjector.iptablesinit.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** There are sixty-two numbered traps of traffic capture; each has a test with its number in the name, or stands here with where it is seen to. */
class EveryTrapTest {
    private static final int TRAPS = 62;
    private static final Pattern NUMBER = Pattern.compile("[tT]rap(\\d\\d)");
    private static final List<Class<?>> TESTS = List.of(TrapsOfStateKernelTest.class, TrapsOfOutboundKernelTest.class,
            TrapsOfInboundKernelTest.class, TrapsOfDnsKernelTest.class, TrapsOfValuesKernelTest.class, FaultsKernelTest.class,
            NoHoleKernelTest.class);
    private static final Map<Integer, String> ELSEWHERE = Map.of(11, "the tests of the validation, which needs a proxy's user", 52,
            "the tests of the validation, which asks for original destinations", 55, "the build of the image, which would fail", 56,
            "FlagGrammarTest, a table of command lines", 62, "the benchmark");

    @Test
    void hasATestOrAPlaceWhereItIsSeenTo() {
        Set<Integer> numbers = new TreeSet<>();
        for (Class<?> test : TESTS) {
            Arrays.stream(test.getDeclaredMethods()).flatMap(method -> NUMBER.matcher(method.getName()).results())
                    .forEach(found -> numbers.add(Integer.valueOf(found.group(1))));
        }
        assertThat(numbers).hasSizeGreaterThan(50).doesNotContainAnyElementsOf(ELSEWHERE.keySet());
        numbers.addAll(ELSEWHERE.keySet());
        assertThat(numbers).containsExactlyElementsOf(IntStream.rangeClosed(1, TRAPS).boxed().toList());
    }
}
