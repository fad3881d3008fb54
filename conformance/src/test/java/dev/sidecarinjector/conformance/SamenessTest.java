package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.fixtures.YamlTrees;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The referee's own rules: what it lets pass, and what it sees. */
class SamenessTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '!', value = {"{a: 1} | {a: 1.0}", "{a: {b: null}} | {a: {}}",
            "{status: {}, a: 1} | {a: 1}",
            "{limits: {cpu: 2000m, memory: 1024Mi}} | {limits: {cpu: '2', memory: 1Gi}}",
            "{name: PROXY_CONFIG, value: '{\"a\": 1}'} | {name: PROXY_CONFIG, value: \"{\\\"a\\\":1}\\n\"}", "{a: 1, b: 2} | {b: 2, a: 1}"})
    void theseAreTheSame(String left, String right) {
        assertThat(Sameness.difference(YamlTrees.read(left), YamlTrees.read(right))).isNull();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '!', value = {"{a: 1} | {a: 2}", "{a: 1} | {a: '1'}", "{a: 1} | {a: 1, b: 2}",
            "{a: 1, b: 2} | {a: 1}",
            "[1, 2] | [2, 1]", "[1] | [1, 2]", "{emptyDir: {}} | {}", "{limits: {cpu: 200m}} | {limits: {cpu: '2'}}",
            "{name: OTHER, value: '{\"a\": 1}'} | {name: OTHER, value: '{\"a\":1}'}",
            "{name: PROXY_CONFIG, value: '{\"a\":1}'} | {name: PROXY_CONFIG, value: '{\"a\":2}'}"})
    void theseAreSeen(String left, String right) {
        assertThat(Sameness.difference(YamlTrees.read(left), YamlTrees.read(right))).isNotNull();
    }
}
