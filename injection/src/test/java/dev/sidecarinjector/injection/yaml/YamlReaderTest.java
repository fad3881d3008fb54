package dev.sidecarinjector.injection.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

class YamlReaderTest {
    /** Expectations: sigs.k8s.io/yaml 1.6.0. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"y|true", "Off|false", "yEs|\"yEs\"", "~|null", "nULL|\"nULL\"", "''|null", "012|10", "08|8",
            "0x_1F|31", "0b11|3", "-0b11|-3", "0o17|15", "0o8|\"0o8\"", "1_000|1000", "_1|\"_1\"", "+12|12", "1:30|\"1:30\"",
            "2001-01-01|\"2001-01-01\"", "1e400|\"1e400\"", "5.|5", ".5|0.5", ".1_0|0.10", ".1_|\".1_\"", ".|\".\"", "1e|\"1e\"",
            "0xZ|\"0xZ\"", "18446744073709551615|18446744073709551615", "1.50|1.50", "<<|\"<<\"", "-|\"-\"", "0|0", "00|0", "-0|0",
            "0xFFFFFFFFFFFFFFFFFF|\"0xFFFFFFFFFFFFFFFFFF\""})
    void aPlainScalarIsReadAsYaml11(String text, String json) {
        assertThat(YamlReader.resolvePlain(text)).hasToString(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{a: 1, <<: {a: 2, b: 3}}|{\"a\":2,\"b\":3}",
            "{<<: {a: 2, b: 3}, a: 1}|{\"a\":1,\"b\":3}", "{<<: [{a: 1}, {a: 2, b: 3}]}|{\"a\":1,\"b\":3}",
            "{\"<<\": {a: 1}}|{\"<<\":{\"a\":1}}", "{a: 1, a: 2}|{\"a\":2}",
            "{y: z, 012: x, 1.5: f}|{\"true\":\"z\",\"10\":\"x\",\"1.5\":\"f\"}",
            "[&x {a: [1]}, *x]|[{\"a\":[1]},{\"a\":[1]}]", "{a: {b: 1,}, c: [1,2,]}|{\"a\":{\"b\":1},\"c\":[1,2]}",
            "{a: !!str 5, b: !!int '5', c: !!binary aGVsbG8=, d: !own 5}|{\"a\":\"5\",\"b\":5,\"c\":\"hello\",\"d\":\"5\"}",
            "[012, '012', \"012\", !!str 012]|[10,\"012\",\"012\",\"012\"]", "? a|{\"a\":null}", "# nothing|null"})
    void aDocumentIsReadAsTheKubernetesToolsReadIt(String yaml, String json) {
        assertThat(YamlReader.read(yaml)).hasToString(json);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"a: b\\n a: c|2:3", "a: [b|1:6", "- a\\nb: c|2:1", "a: 'x|1:6",
            "a: \"\\z\"|1:6",
            "a: *x|1:4", "- &a [*a]|1:7", "a:\\n  b: !!int abc|2:6", "x: .inf|1:4", "~: x|1:1", "? [a]\\n: b|1:5", "a: 1\\n<<: 5|2:5"})
    void anErrorSaysWhere(String yaml, String place) {
        assertThatThrownBy(() -> YamlReader.read(yaml.replace("\\n", "\n"))).asInstanceOf(type(YamlException.class))
                .satisfies(e -> assertThat(e.line() + ":" + e.column()).as(e.getMessage()).isEqualTo(place));
    }

    @Test
    void aliasesThatDoubleWithEachLineAreRefused() {
        StringBuilder bomb = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (int i = 1; i < 30; i++) {
            bomb.append("a%d: &a%d [*a%d,*a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        assertThatThrownBy(() -> YamlReader.read(bomb.toString())).isInstanceOf(YamlException.class).hasMessageContaining("aliases");
    }

    @Test
    void deepNestingIsRefusedBeforeTheStackEnds() {
        assertThatThrownBy(() -> YamlReader.read("[".repeat(100_000))).isInstanceOf(YamlException.class);
        StringBuilder staircase = new StringBuilder("a0: &a0 [x]\n");
        for (int i = 1; i < 5000; i++) {
            staircase.append("a%d: &a%d [*a%d]\n".formatted(i, i, i - 1));
        }
        assertThatThrownBy(() -> YamlReader.read(staircase.toString())).isInstanceOf(YamlException.class);
    }

    @Test
    void anAliasGivesACopyThatCanBeChangedAlone() {
        JsonNode tree = YamlReader.read("a: &x {b: 1}\nc: *x\n");
        assertThat(tree.get("c")).isEqualTo(tree.get("a")).isNotSameAs(tree.get("a"));
    }

    @Test
    void aResolverSeesEveryScalarWithItsStyleAndPlace() {
        String text = "a: 'b'\n😀: [c, \"d\"]\n? |\n  e\n: >-\n  f\n";
        List<String> seen = new ArrayList<>();
        ScalarResolver resolver = new ScalarResolver() {
            @Override
            public JsonNode value(String value, ScalarStyle style, @Nullable String tag, int start) {
                seen.add(value.strip() + " " + style + " " + text.charAt(start));
                return StringNode.valueOf(value);
            }
        };
        YamlReader.read(text, resolver);
        assertThat(seen).containsExactly("a PLAIN a", "b SINGLE_QUOTED '", "😀 PLAIN \ud83d", "c PLAIN c", "d DOUBLE_QUOTED \"",
                "e LITERAL |",
                "f FOLDED >");
    }
}
