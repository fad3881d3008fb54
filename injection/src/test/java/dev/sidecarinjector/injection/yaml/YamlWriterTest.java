package dev.sidecarinjector.injection.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

class YamlWriterTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Expectations: sigs.k8s.io/yaml 1.6.0, but for the line separator and the merge key, which it writes so that they read back as something else. */
    @ParameterizedTest
    @CsvSource(delimiterString = " → ", quoteCharacter = '`', value = {"\"\" → \"\"", "\"y\" → \"y\"", "\"Off\" → \"Off\"", "\"~\" → \"~\"",
            "\"1.0\" → \"1.0\"", "\"012\" → \"012\"", "\"1_000\" → \"1_000\"", "\"0o17\" → \"0o17\"", "\"1:30\" → \"1:30\"",
            "\"2001-01-01\" → \"2001-01-01\"", "\"2001-02-30\" → 2001-02-30", "\"2020-1-2T10:11:12Z\" → \"2020-1-2T10:11:12Z\"",
            "\"2020-1-2T10:11:12\" → 2020-1-2T10:11:12", "\"<<\" → \"<<\"", "\"a b\" → a b", "\" a\" → ' a'", "\"a: b\" → 'a: b'",
            "\"a:\" → 'a:'", "\"a:b\" → a:b", "\"a #b\" → 'a #b'", "\"a#b\" → a#b", "\"*a\" → '*a'", "\"- a\" → '- a'", "\"-a\" → -a",
            "\"it's\" → it's", "\"'a\" → '''a'", "\"--- a\" → '--- a'", "\"a\\tb\" → \"a\\tb\"", "\"\\u0085\" → \"\\N\"",
            "\"\\u2028\" → \"\\L\"", "\"\\u0001\" → \"\\x01\"", "\"\uD83D\uDE00\" → \"\\U0001F600\"", "\"é\" → é", "\"a\\nb\" → |-¶  a¶  b",
            "\"a\\n\" → |¶  a", "\"a\\n\\n\" → |+¶  a¶", "\"\\n a\" → |2-¶¶   a", "\"a \\nb\" → \"a \\nb\"", "{} → {}", "[] → []",
            "[[1,[2]],{\"a\":[3],\"b\":{}}] → - - 1¶  - - 2¶- a:¶  - 3¶  b: {}",
            "{\"b10\":1,\"b9\":1,\"b\":1,\"a-b\":1,\"ab\":1,\"Z\":1,\"1\":1} → \"1\": 1¶Z: 1¶a-b: 1¶ab: 1¶b: 1¶b9: 1¶b10: 1",
            "{\"a\\nb\":1} → ? |-¶  a¶  b¶: 1"})
    void aTreeIsWrittenAsTheKubernetesToolsWriteIt(String json, String yaml) {
        assertThat(YamlWriter.toString(JSON.readTree(json))).isEqualTo(yaml.replace('¶', '\n') + "\n");
    }
}
