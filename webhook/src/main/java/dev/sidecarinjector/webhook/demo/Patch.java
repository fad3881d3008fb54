package dev.sidecarinjector.webhook.demo;

import dev.sidecarinjector.injection.patch.JsonPatch;
import dev.sidecarinjector.injection.patch.JsonPatch.Op;
import dev.sidecarinjector.injection.patch.JsonPatch.Operation;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Does the API server's part with an answer: applies the patch in it. */
final class Patch {
    private Patch() {}

    static ObjectNode apply(JsonNode answer, ObjectNode pod) {
        byte[] text = Base64.getDecoder().decode(answer.at("/response/patch").asString());
        List<Operation> operations = new ArrayList<>();
        for (JsonNode operation : JsonMapper.shared().readTree(text)) {
            Op op = Op.valueOf(operation.get("op").asString().toUpperCase(Locale.ROOT));
            operations.add(new Operation(op, operation.get("path").asString(), operation.get("value")));
        }
        return (ObjectNode) new JsonPatch(operations).apply(pod);
    }
}
