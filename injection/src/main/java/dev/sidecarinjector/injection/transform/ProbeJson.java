package dev.sidecarinjector.injection.transform;

import dev.sidecarinjector.injection.schema.GoJson;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How the agent is told of one probe: compact JSON in the order that the peer's agent prints. */
final class ProbeJson {
    private ProbeJson() {}

    /**
     * One action under its name.
     *
     * @param timeout in seconds; 0 is not written
     */
    static String of(String kind, ObjectNode action, long timeout) {
        StringBuilder json = new StringBuilder(64).append("{\"").append(kind).append("\":");
        appendAction(json, kind, action);
        if (timeout != 0) {
            json.append(",\"timeoutSeconds\":").append(timeout);
        }
        return json.append('}').toString();
    }

    /** What an earlier injection told, in its own order. */
    static String asItIs(JsonNode told) {
        StringBuilder json = new StringBuilder(64);
        append(json, told);
        return json.toString();
    }

    private static void appendAction(StringBuilder out, String kind, ObjectNode action) {
        out.append('{');
        switch (kind) {
            case ProbeAction.HTTP -> {
                appendText(out, action, "path");
                appendPort(out, action);
                appendText(out, action, "host");
                appendText(out, action, "scheme");
                appendHeaders(out, PodTree.list(action, "httpHeaders"));
            }
            case ProbeAction.TCP -> {
                appendPort(out, action);
                appendText(out, action, "host");
            }
            default -> {
                appendPort(out, action);
                String service = PodTree.text(action, "service");
                key(out, "service");
                if (service == null) {
                    out.append("null");
                } else {
                    GoJson.quote(service, out);
                }
            }
        }
        out.append('}');
    }

    private static void appendPort(StringBuilder out, ObjectNode action) {
        JsonNode port = action.get("port");
        key(out, "port").append(port == null ? "0" : port);
    }

    private static void appendText(StringBuilder out, ObjectNode action, String field) {
        String text = PodTree.text(action, field);
        if (text != null && !text.isEmpty()) {
            GoJson.quote(text, key(out, field));
        }
    }

    private static void appendHeaders(StringBuilder out, @Nullable ArrayNode headers) {
        if (headers == null || headers.isEmpty()) {
            return;
        }
        key(out, "httpHeaders");
        char separator = '[';
        for (JsonNode header : headers) {
            GoJson.quote(header.path("name").asString(""), out.append(separator).append("{\"name\":"));
            GoJson.quote(header.path("value").asString(""), out.append(",\"value\":"));
            out.append('}');
            separator = ',';
        }
        out.append(']');
    }

    private static StringBuilder key(StringBuilder out, String name) {
        if (out.charAt(out.length() - 1) != '{') {
            out.append(',');
        }
        return out.append('"').append(name).append("\":");
    }

    private static void append(StringBuilder out, JsonNode node) {
        switch (node) {
            case ObjectNode object -> appendObject(out, object);
            case ArrayNode array -> appendArray(out, array);
            default -> {
                if (node.isString()) {
                    GoJson.quote(node.stringValue(), out);
                } else {
                    out.append(node);
                }
            }
        }
    }

    private static void appendObject(StringBuilder out, ObjectNode object) {
        char separator = '{';
        for (var entry : object.properties()) {
            out.append(separator);
            separator = ',';
            GoJson.quote(entry.getKey(), out);
            out.append(':');
            append(out, entry.getValue());
        }
        out.append(separator == '{' ? "{}" : "}");
    }

    private static void appendArray(StringBuilder out, ArrayNode array) {
        char separator = '[';
        for (JsonNode element : array) {
            out.append(separator);
            separator = ',';
            append(out, element);
        }
        out.append(separator == '[' ? "[]" : "]");
    }
}
