package dev.sidecarinjector.gotemplate.differential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.gotemplate.FunctionFailure;
import dev.sidecarinjector.gotemplate.regex.Regex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A text on which a backtracking matcher never ends is matched or refused in bounded time. */
@Timeout(60)
class HostileRegexTest {
    @ParameterizedTest
    @ValueSource(strings = {"(a+)+$", "(a|aa)+$", "(a*)*b", "(.*)(.*)(.*)(.*)x", "(?:a?){50}a{50}"})
    void matchesLongTextsInLinearTime(String expression) {
        assertThat(Regex.compile(expression).matches("a".repeat(20_000) + "!")).isEqualTo(expression.endsWith("a{50}"));
    }

    @Test
    void givesUpWhenManySearchesEachReadTheWholeText() {
        Regex regex = Regex.compile("a.*b|a");
        assertThatThrownBy(() -> regex.findAll("a".repeat(200_000), -1)).isInstanceOf(FunctionFailure.class)
                .hasMessageContaining("too long");
    }

    @Test
    void refusesAnExpressionThatWouldGrowTooLarge() {
        assertThatThrownBy(() -> Regex.compile("((a{100}){10}){10}")).isInstanceOf(FunctionFailure.class)
                .hasMessageContaining("repeat count");
        assertThatThrownBy(() -> Regex.compile("(".repeat(5_000) + "a" + ")".repeat(5_000))).isInstanceOf(FunctionFailure.class)
                .hasMessageContaining("too deeply");
    }
}
