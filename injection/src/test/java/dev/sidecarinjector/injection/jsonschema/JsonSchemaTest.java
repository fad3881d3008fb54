package dev.sidecarinjector.injection.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** The keywords, as the specification of JSON Schema defines them; that another validator agrees is seen with the schema of the values. */
class JsonSchemaTest {
    private static boolean fits(String schema, String value) {
        return JsonSchema.parse(schema).violations(JsonMapper.shared().readTree(value)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type": "string"}                          | "a" | 1
            {"type": ["string", "null"]}                | null | true
            {"type": "integer"}                         | 7.0 | 7.5
            {"type": "integer"}                         | -7 | "7"
            {"type": "number"}                          | 7.5 | "7.5"
            {"type": "boolean"}                         | false | "false"
            {"type": "array"}                           | [] | {}
            {"type": "object"}                          | {} | []
            {"enum": ["a", null]}                       | null | "A"
            {"minimum": 0, "maximum": 9}                | 9 | 10
            {"minimum": 0, "maximum": 9}                | 0 | -1
            {"minimum": 0, "pattern": "^a$"}            | "a" | "b"
            {"pattern": "^[0-9]+$"}                     | 5 | "5\\n"
            {"pattern": "^[0-9]+$"}                     | [] | "a5"
            """)
    void keywords(String rules, String good, String bad) {
        String schema = rules.replace("{", "{\"x-expected\": \"w\", ");
        assertThat(fits(schema, good)).isTrue();
        assertThat(fits(schema, bad)).isFalse();
    }

    @Test
    void whatIsBelowIsCheckedWithItsPath() {
        JsonSchema schema = JsonSchema.parse("""
                {"properties": {"a": {"properties": {"b": {"$ref": "#/$defs/n", "default": 1}}, "additionalProperties": {"$ref": "#/$defs/n"}},
                  "l": {"items": {"$ref": "#/$defs/n"}, "x-expected": "a list"}},
                 "$defs": {"n": {"type": "integer", "x-expected": "a number"}}}""");
        assertThat(schema
                .violations(JsonMapper.shared().readTree("{\"a\": {\"b\": \"x\", \"c\": true}, \"l\": [1, \"y\"], \"other\": \"z\"}")))
                .extracting(Violation::text).containsExactly("a.b: expected a number, got \"x\"", "a.c: expected a number, got true",
                        "l[1]: expected a number, got \"y\"");
    }

    /** Otherwise somebody would write a rule that nobody checks. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"x-expected": "w", "const": 1}                                            | const
            {"x-expected": "w", "properties": {"a": {"oneOf": [], "x-expected": "w"}}} | oneOf
            {"x-expected": "w", "type": "text"}                                        | text
            {"x-expected": "w", "pattern": "a"}                                        | ^
            {"type": "string"}                                                         | x-expected
            {"$ref": "#/$defs/a"}                                                      | #/$defs/a
            {"$ref": "#/$defs/a", "type": "string", "$defs": {"a": {}}}                | $ref
            {"x-expected": "w", "additionalProperties": false}                         | additionalProperties
            """)
    void whatIsNotImplementedIsRefused(String schema, String word) {
        assertThatThrownBy(() -> JsonSchema.parse(schema)).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(word);
    }
}
