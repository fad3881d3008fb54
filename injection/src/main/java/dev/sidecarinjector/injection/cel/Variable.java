package dev.sidecarinjector.injection.cel;

import tools.jackson.databind.JsonNode;

/**
 * What an expression may ask about.
 *
 * @param value    as far as it is known here
 * @param complete says of a path below it ({@code metadata.labels}) whether a field that is missing there is missing for the API server as well
 */
public record Variable(JsonNode value, Completeness complete) {
    /** Where nothing is left to be filled in. */
    @FunctionalInterface
    public interface Completeness {
        /** @param path names with dots, empty for the variable itself */
        boolean at(String path, String missing);
    }

    /** A value of which everything is known. */
    public static Variable whole(JsonNode value) {
        return new Variable(value, (_, _) -> true);
    }
}
