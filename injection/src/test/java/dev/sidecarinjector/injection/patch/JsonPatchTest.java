package dev.sidecarinjector.injection.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sidecarinjector.fixtures.YamlTrees;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.LongNode;

/** Which operations a difference has. */
class JsonPatchTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{a: 1} | {a: 1} | []",
            "{a: 1} | {a: 2} | [{op: replace, path: /a, value: 2}]",
            "{a: 1} | {} | [{op: remove, path: /a}]",
            "{} | {a: null} | [{op: add, path: /a, value: null}]",
            "{a: null} | {a: []} | [{op: replace, path: /a, value: []}]",
            "{a: {b: 1}} | {a: [1]} | [{op: replace, path: /a, value: [1]}]",
            "{a: {b: 1}} | {a: {b: 1, c: 2}} | [{op: add, path: /a/c, value: 2}]",
            "{} | {metadata: {labels: {x: y}}} | [{op: add, path: /metadata, value: {labels: {x: y}}}]",
            "{a: '1'} | {a: 1} | [{op: replace, path: /a, value: 1}]",
            "{m: {}} | {m: {'a/b~c': 1, '': 2}} | [{op: add, path: /m/a~1b~0c, value: 1}, {op: add, path: /m/, value: 2}]",
            "{} | {'~1': 1} | [{op: add, path: /~01, value: 1}]",
            "{a: [1, 2]} | {a: [1, 2, 3]} | [{op: add, path: /a/2, value: 3}]",
            "{a: [1, 2, 3]} | {a: [3]} | [{op: remove, path: /a/0}, {op: remove, path: /a/0}]",
            "{a: [x, y]} | {a: [x, z]} | [{op: replace, path: /a/1, value: z}]",
            "{a: [x, y]} | {a: []} | [{op: remove, path: /a/0}, {op: remove, path: /a/0}]",
            "1 | 2 | [{op: replace, path: '', value: 2}]",
            "{a: 1, b: 2} | {b: 2, a: 1} | []"})
    void theDifferenceIsTheseOperations(String before, String after, String operations) {
        assertThat(diff(before, after)).isEqualTo(YamlTrees.read(operations));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "[{name: a}, {name: b}] | [{name: x}, {name: a}, {name: b}] | [{op: add, path: /0, value: {name: x}}]",
            "[{name: a}, {name: b}] | [{name: a}, {name: x}, {name: b}] | [{op: add, path: /1, value: {name: x}}]",
            "[{name: a, v: 1}, {name: b}] | [{name: x}, {name: a, v: 2}, {name: b}] | "
                    + "[{op: add, path: /0, value: {name: x}}, {op: replace, path: /1/v, value: 2}]",
            "[{name: a}, {name: b}, {name: c}] | [{name: b}, {name: c}] | [{op: remove, path: /0}]",
            "[{name: a}, {name: b}, {name: c}] | [{name: b}, {name: c}, {name: a}] | "
                    + "[{op: remove, path: /0}, {op: add, path: /2, value: {name: a}}]",
            "[{name: a}] | [{name: b}] | [{op: replace, path: /0, value: {name: b}}]",
            "[{name: v, mountPath: /a}] | [{name: v, mountPath: /b}, {name: v, mountPath: /a}] | "
                    + "[{op: add, path: /0, value: {name: v, mountPath: /b}}]",
            "[{containerPort: 80}] | [{containerPort: 80, name: http}] | [{op: add, path: /0/name, value: http}]",
            "[{key: a, x: 1}] | [{key: a, x: 2}] | [{op: replace, path: /0/x, value: 2}]",
            "[{name: a}, {name: a, v: 1}] | [{name: n}, {name: a}, {name: a, v: 1}] | [{op: add, path: /0, value: {name: n}}]"})
    void elementsThatDidNotChangeAreNotTouched(String before, String after, String operations) {
        assertThat(diff(before, after)).isEqualTo(YamlTrees.read(operations));
    }

    @Test
    void numbersOfOtherJavaTypesAreTheSameNumber() {
        JsonNode before = YamlTrees.read("{a: 1}");
        JsonNode after = JsonNodeFactory.instance.objectNode().set("a", LongNode.valueOf(1));
        assertThat(JsonPatch.diff(before, after).isEmpty()).isTrue();
    }

    @Test
    void thePatchAsTextIsJson() {
        JsonPatch patch = JsonPatch.diff(YamlTrees.read("{a: 1, b: x}"),
                YamlTrees.read("{b: ['ü\"', 1.5, true, null, {c: 123456789012345}]}"));
        assertThat(new String(patch.toBytes(), StandardCharsets.UTF_8)).isEqualTo("[{\"op\":\"replace\",\"path\":\"/b\","
                + "\"value\":[\"ü\\\"\",1.5,true,null,{\"c\":123456789012345}]},{\"op\":\"remove\",\"path\":\"/a\"}]");
    }

    @Test
    void applyingLeavesTheTargetAndThePatchAlone() {
        JsonNode before = YamlTrees.read("{a: [1]}");
        JsonPatch patch = JsonPatch.diff(before, YamlTrees.read("{a: [1, {b: 2}], c: {}}"));
        byte[] text = patch.toBytes();
        JsonNode once = patch.apply(before);
        ((tools.jackson.databind.node.ObjectNode) once.get("c")).put("d", 1);
        assertThat(before).isEqualTo(YamlTrees.read("{a: [1]}"));
        assertThat(patch.toBytes()).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"REMOVE, /x", "REPLACE, /x", "ADD, /x/y", "ADD, /a/9", "REMOVE, /a/1", "ADD, /a/k", "ADD, /s/k"})
    void aPathThatDoesNotExistIsAnError(JsonPatch.Op op, String path) {
        JsonPatch patch = new JsonPatch(List.of(new JsonPatch.Operation(op, path, LongNode.valueOf(1))));
        assertThatThrownBy(() -> patch.apply(YamlTrees.read("{a: [1], s: text}"))).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(path);
    }

    @Test
    void longListsAreComparedInNoTime() {
        ArrayNode before = JsonNodeFactory.instance.arrayNode();
        ArrayNode after = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < 20_000; i++) {
            before.addObject().put("name", "V" + i);
            after.addObject().put("name", "V" + (i % 3 == 0 ? i : 20_000 - i));
        }
        long start = System.nanoTime();
        JsonPatch patch = JsonPatch.diff(before, after);
        assertThat(System.nanoTime() - start).as("quadratic would take seconds").isLessThan(2_000_000_000L);
        assertThat(patch.isEmpty()).isFalse();
    }

    private static JsonNode diff(String before, String after) {
        return new JsonMapper().readTree(JsonPatch.diff(YamlTrees.read(before), YamlTrees.read(after)).toBytes());
    }
}
