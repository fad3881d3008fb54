package dev.sidecarinjector.conformance;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rows of the reference's unit tables as tests. */
final class Tables {
    /** What a row must show. */
    @FunctionalInterface
    interface Check {
        void row(JsonNode row) throws Exception;
    }

    private Tables() {}

    static Stream<DynamicTest> rows(String table, Check check) {
        List<JsonNode> rows = ConformanceData.rows(table);
        return IntStream.range(0, rows.size()).mapToObj(number -> {
            JsonNode row = rows.get(number);
            String name = table + "/" + number + " " + row.path("name").asString("");
            return ConformanceReport.test(name.strip(), "table", () -> check.row(row));
        });
    }

    /** A member as a map of texts; empty where it is null or absent. */
    static Map<String, String> map(JsonNode node) {
        Map<String, String> map = new TreeMap<>();
        node.properties().forEach(member -> map.put(member.getKey(), member.getValue().asString()));
        return map;
    }

    /** A pod with one application container and these labels and annotations, null for none. */
    static ObjectNode pod(JsonNode labels, JsonNode annotations) {
        ObjectNode pod = Trial.pod("{metadata: {name: row}, spec: {containers: [{name: app, image: example/app}]}}");
        ObjectNode metadata = (ObjectNode) pod.get("metadata");
        if (labels.isObject()) {
            metadata.set("labels", labels);
        }
        if (annotations.isObject()) {
            metadata.set("annotations", annotations);
        }
        return pod;
    }

    static JsonNode json(String text) {
        return ConformanceData.JSON.readTree(text);
    }
}
