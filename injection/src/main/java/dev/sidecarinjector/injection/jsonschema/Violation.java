package dev.sidecarinjector.injection.jsonschema;

import tools.jackson.databind.JsonNode;

/**
 * A value that a schema does not allow.
 *
 * @param path     from the root, with dots: {@code global.proxy.statusPort}, {@code global.imagePullSecrets[0]}; empty for the root
 * @param expected what would be allowed, in words: {@code an integer from 0 to 65535}
 * @param got      what is there
 */
public record Violation(String path, String expected, JsonNode got) {
    private static final int SHOWN = 60;

    /** {@code global.proxy.statusPort: expected an integer from 0 to 65535, got "abc"} */
    public String text() {
        String shown = got.toString();
        String cut = shown.length() > SHOWN ? shown.substring(0, SHOWN) + "…" : shown;
        return (path.isEmpty() ? "" : path + ": ") + "expected " + expected + ", got " + cut;
    }
}
