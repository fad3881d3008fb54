package dev.sidecarinjector.iptablesinit.report;

import dev.sidecarinjector.capture.text.Json;
import java.util.List;
import java.util.stream.Collectors;

/** A JSON object while it is written; members stay in order. */
public final class JsonObject {
    private final StringBuilder members = new StringBuilder();

    public JsonObject text(String name, String value) {
        return raw(name, Json.quoted(value));
    }

    public JsonObject number(String name, long value) {
        return raw(name, Long.toString(value));
    }

    public JsonObject flag(String name, boolean value) {
        return raw(name, Boolean.toString(value));
    }

    public JsonObject texts(String name, List<String> values) {
        return raw(name, values.stream().map(Json::quoted).collect(Collectors.joining(", ", "[", "]")));
    }

    /** A list, each item on a line of its own. */
    public JsonObject objects(String name, List<?> values) {
        return raw(name, values.isEmpty() ? "[]" : values.stream().map(Object::toString).collect(Collectors.joining(",\n", "[\n", "\n]")));
    }

    /** A value that is JSON already. */
    public JsonObject raw(String name, String json) {
        members.append(members.isEmpty() ? "" : ", ").append(Json.quoted(name)).append(": ").append(json);
        return this;
    }

    @Override
    public String toString() {
        return "{" + members + "}";
    }
}
