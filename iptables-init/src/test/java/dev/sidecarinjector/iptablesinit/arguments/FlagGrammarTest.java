package dev.sidecarinjector.iptablesinit.arguments;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.capture.settings.Setting;
import dev.sidecarinjector.iptablesinit.arguments.Arguments.Given;
import dev.sidecarinjector.iptablesinit.arguments.Arguments.Unreadable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FlagGrammarTest {
    private static final String ARROW = " =>";

    @ParameterizedTest
    @MethodSource("rows")
    void aCommandLineMeansWhatItMeansToTheLibraryOfTheReference(String row) {
        int arrow = row.indexOf(ARROW);
        List<String> words = Arrays.stream(row.substring(0, arrow).split(" ", -1)).map(FlagGrammarTest::word).toList();
        assertThat(printed(FlagGrammar.read(words))).isEqualTo(row.substring(arrow + ARROW.length()).strip());
    }

    @Test
    void theTableIsNotEmpty() {
        assertThat(rows()).hasSizeGreaterThan(110);
    }

    @Test
    void aFileIsNeverReadInPlaceOfAWord() {
        assertThat(FlagGrammar.read("-x", "@/etc/hostname")).isInstanceOfSatisfying(Given.class,
                given -> assertThat(given.flags().values()).containsExactly(List.of("@/etc/hostname")));
    }

    @Test
    void aCommandMayHaveFlagsOfItsOwn() {
        assertThat(FlagGrammar.read(List.of("-x", "--output", "--output", "text", "--output=json", "-n"), Set.of("output")))
                .isInstanceOfSatisfying(Given.class, given -> {
                    assertThat(given.others()).containsExactly(Map.entry("output", "json"));
                    assertThat(given.flags())
                            .isEqualTo(Map.of(Setting.SERVICE_EXCLUDE_CIDR, List.of("--output"), Setting.DRY_RUN, List.of("true")));
                });
        assertThat(FlagGrammar.read(List.of("--output"), Set.of("output"))).isEqualTo(new Unreadable("flag needs an argument: --output"));
        assertThat(FlagGrammar.read("--output", "json")).isEqualTo(new Unreadable("unknown flag: --output"));
    }

    @Test
    void everyOccurrenceIsKept() {
        assertThat(FlagGrammar.read("--log_target", "a", "--log_target=b")).isInstanceOfSatisfying(Given.class,
                given -> assertThat(given.flags().values()).containsExactly(List.of("a", "b")));
    }

    static List<String> rows() {
        try (InputStream table = FlagGrammarTest.class.getResourceAsStream("flag-grammar.txt")) {
            return new String(table.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String printed(Arguments arguments) {
        return switch (arguments) {
            case Unreadable(String message) -> "! " + message;
            case Given given when given.help() -> "help";
            case Given given -> {
                String flags = given.flags().entrySet().stream().map(flag -> {
                    boolean repeated = "log_target".equals(flag.getKey().flag());
                    String value = repeated ? String.join(",", flag.getValue()) : flag.getValue().getLast();
                    return flag.getKey().flag() + "=" + shown(flag.getKey().kind().isSwitch() ? bool(value) : value);
                }).sorted().collect(Collectors.joining(" "));
                String positionals = given.positionals().stream().map(FlagGrammarTest::shown).collect(Collectors.joining(" "));
                yield (positionals.isEmpty() ? flags : flags + " | " + positionals).strip();
            }
        };
    }

    /** The grammar hands words on; their meaning is not its business. */
    private static String bool(String word) {
        return Stream.of("1", "t", "T", "TRUE", "true", "True").anyMatch(word::equals)
                ? "true"
                : Stream.of("0", "f", "F", "FALSE", "false", "False").anyMatch(word::equals) ? "false" : word;
    }

    private static String word(String shown) {
        return shown.equals("''") ? "" : shown.replace('␣', ' ');
    }

    private static String shown(String word) {
        return word.isEmpty() ? "''" : word.replace(' ', '␣');
    }
}
