package dev.sidecarinjector.injection.patch;

import dev.sidecarinjector.injection.patch.JsonPatch.Operation;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;

/** Writes a patch as JSON in one pass. */
final class PatchWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private PatchWriter() {}

    static byte[] write(List<Operation> operations) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8)) {
            json.writeStartArray();
            for (Operation operation : operations) {
                write(json, operation);
            }
            json.writeEndArray();
        }
        return out.toByteArray();
    }

    private static void write(JsonGenerator json, Operation operation) {
        json.writeStartObject();
        json.writeStringProperty("op", operation.op().text());
        json.writeStringProperty("path", operation.path());
        JsonNode value = operation.value();
        if (value != null) {
            json.writeName("value");
            write(json, value);
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, JsonNode node) {
        switch (node.getNodeType()) {
            case OBJECT -> {
                json.writeStartObject();
                for (Map.Entry<String, JsonNode> entry : node.properties()) {
                    json.writeName(entry.getKey());
                    write(json, entry.getValue());
                }
                json.writeEndObject();
            }
            case ARRAY -> {
                json.writeStartArray();
                for (int i = 0; i < node.size(); i++) {
                    write(json, node.get(i));
                }
                json.writeEndArray();
            }
            case STRING -> json.writeString(node.stringValue());
            case NUMBER -> number(json, node);
            case BOOLEAN -> json.writeBoolean(node.booleanValue());
            case NULL -> json.writeNull();
            default -> throw new IllegalStateException("a pod has JSON only, not " + node.getNodeType());
        }
    }

    private static void number(JsonGenerator json, JsonNode node) {
        switch (node.numberType()) {
            case INT, LONG -> json.writeNumber(node.longValue());
            case BIG_INTEGER -> json.writeNumber(node.bigIntegerValue());
            case FLOAT -> json.writeNumber(node.floatValue());
            case DOUBLE -> json.writeNumber(node.doubleValue());
            case BIG_DECIMAL -> json.writeNumber(node.decimalValue());
        }
    }
}
