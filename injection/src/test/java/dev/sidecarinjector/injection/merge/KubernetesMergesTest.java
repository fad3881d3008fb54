package dev.sidecarinjector.injection.merge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.injection.schema.PodShape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The same pods and patches give what Kubernetes' own code gives; the results were recorded, the resource says how. */
class KubernetesMergesTest {
    private static final JsonMapper JSON = new JsonMapper();

    @ParameterizedTest
    @MethodSource("cases")
    void aMergeGivesWhatKubernetesGives(String line) {
        JsonNode recorded = JSON.readTree(line);
        ObjectNode pod = (ObjectNode) recorded.get("live");
        StrategicMerge.mergePod(pod, (ObjectNode) recorded.get("patch"));
        PodShape.printable(pod.put("kind", "Pod"));
        pod.remove("kind");
        assertThat(pod).isEqualTo(recorded.get("merged"));
    }

    static Stream<String> cases() throws IOException {
        try (InputStream in = KubernetesMergesTest.class.getResourceAsStream("kubernetes-merges.jsonl")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().filter(line -> !line.startsWith("#")).toList().stream();
        }
    }
}
