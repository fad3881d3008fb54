package dev.sidecarinjector.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One manifest with what must come out of it.
 *
 * @param expected the file with the result; null where an error is expected
 * @param kubelets versions of the cluster's nodes
 * @param features environment of the injector
 */
record GoldenCase(String id, String input, @Nullable String expected, String valuesVariant, JsonNode meshOverlay,
        Map<String, String> features,
        List<String> kubelets, boolean nativeSidecars, @Nullable String errorPart, @Nullable String warningPart, boolean kubeInject,
        boolean webhook, boolean openshift) {

    static GoldenCase of(JsonNode json) {
        Map<String, String> features = new TreeMap<>();
        json.path("features").forEach(
                feature -> features.put(feature.path("feature").asString(feature.path("env").asString("")),
                        feature.path("value").asString()));
        List<String> kubelets = new ArrayList<>();
        json.path("nodes").forEach(node -> kubelets.add(node.asString()));
        JsonNode runs = json.path("runs");
        return new GoldenCase(json.path("id").asString(), json.path("input").asString(), text(json, "expected"),
                json.path("valuesVariant").asString(), json.path("meshOverlay"), features, kubelets,
                json.path("nativeSidecars").asBoolean(),
                text(json, "expectedErrorSubstringLowercase"), text(json, "expectedWarningSubstring"), runs.path("kubeInject").asBoolean(),
                runs.path("webhook").asBoolean(), json.path("openshiftNamespaceAnnotations").asBoolean());
    }

    /** Id and file, for a person. */
    String name() {
        return id + " " + (expected == null ? input : expected.substring("expected/".length()));
    }

    private static @Nullable String text(JsonNode json, String field) {
        return json.path(field).isString() ? json.path(field).asString() : null;
    }
}
