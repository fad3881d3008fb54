package dev.sidecarinjector.injection.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.fixtures.YamlTrees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.DoubleNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.StringNode;

/** JSON text byte for byte as Go writes it. */
class GoJsonTest {
    @Test
    void keysOfMapsAreSortedByTheirBytes() {
        assertThat(GoJson.sorted(YamlTrees.read("{b: 1, a: {z: 1, _: 2, B: 3}, é: 4, \"\\U0001F600\": 6, \"\\uE000\": 5}")))
                .isEqualTo("{\"a\":{\"B\":3,\"_\":2,\"z\":1},\"b\":1,\"é\":4,\"\uE000\":5,\"\uD83D\uDE00\":6}");
    }

    @Test
    void stringsAreSafeInHtmlToo() {
        String text = "<a href=\"x\">&\\\u2028\u2029\b\f\n\r\t\u0001\u007fé\uD83D\uDE00";
        assertThat(GoJson.sorted(StringNode.valueOf(text)))
                .isEqualTo("\"\\u003ca href=\\\"x\\\"\\u003e\\u0026\\\\\\u2028\\u2029\\b\\f\\n\\r\\t"
                        + "\\u0001\u007fé\uD83D\uDE00\"");
        assertThat(GoJson.sorted(StringNode.valueOf("a\uD83D-"))).isEqualTo("\"a\\ufffd-\"");
    }

    @ParameterizedTest
    @CsvSource({"1.0, 1", "1.5, 1.5", "1e21, 1e+21", "1e20, 100000000000000000000", "1e-6, 0.000001", "1e-7, 1e-7", "-2.5e-9, -2.5e-9",
            "1.7976931348623157e308, 1.7976931348623157e+308", "0.0, 0", "-0.0, -0", "123456.789, 123456.789"})
    void fractionsHaveTheirShortestForm(double value, String text) {
        assertThat(GoJson.sorted(DoubleNode.valueOf(value))).isEqualTo(text);
    }

    @Test
    void structsHaveTheOrderOfGosDeclaration() {
        assertThat(GoJson.ordered(YamlTrees.read("{protocol: TCP, containerPort: 80, hostPort: 0, name: http}"), "ContainerPort"))
                .isEqualTo("{\"name\":\"http\",\"containerPort\":80,\"protocol\":\"TCP\"}");
        assertThat(GoJson.ordered(YamlTrees.read("[{scheme: HTTPS, host: h, port: p, path: /}]"), "HTTPGetAction"))
                .isEqualTo("[{\"path\":\"/\",\"port\":\"p\",\"host\":\"h\",\"scheme\":\"HTTPS\"}]");
    }

    @Test
    void aContainerIsPrintedAsGoPrintsIt() {
        assertThat(GoJson.ordered(
                YamlTrees.read("{x-new: {b: 1, a: 2}, resources: {limits: {memory: 1024Mi, cpu: 2000m}}, args: [], image: '', "
                        + "name: a, stdin: false, securityContext: {runAsUser: 0}, env: [{value: v, name: N}, {name: M, value: ''}]}"),
                "Container"))
                .isEqualTo("{\"name\":\"a\",\"env\":[{\"name\":\"N\",\"value\":\"v\"},{\"name\":\"M\"}],\"resources\":{\"limits\":"
                        + "{\"cpu\":\"2\",\"memory\":\"1Gi\"}},\"securityContext\":{\"runAsUser\":0},\"x-new\":{\"a\":2,\"b\":1}}");
    }

    @Test
    void requiredFieldsAndStructsAreAlwaysThere() {
        assertThat(GoJson.ordered(JsonNodeFactory.instance.objectNode(), "Container")).isEqualTo("{\"name\":\"\",\"resources\":{}}");
        assertThat(GoJson.ordered(YamlTrees.read("{port: 5}"), "GRPCAction")).isEqualTo("{\"port\":5,\"service\":null}");
    }

    @Test
    void theTreeIsNotChanged() {
        var container = YamlTrees.read("{name: a, args: []}");
        GoJson.ordered(container, "Container");
        assertThat(container).isEqualTo(YamlTrees.read("{name: a, args: []}"));
    }
}
