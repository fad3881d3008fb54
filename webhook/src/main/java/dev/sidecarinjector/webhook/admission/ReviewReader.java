package dev.sidecarinjector.webhook.admission;

import dev.sidecarinjector.injection.yaml.YamlException;
import dev.sidecarinjector.injection.yaml.YamlReader;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Reads AdmissionReviews as the API server and its test tools write them: JSON, or YAML, with or without a byte order mark. */
final class ReviewReader {
    static final String V1 = "admission.k8s.io/v1";
    static final String V1BETA1 = "admission.k8s.io/v1beta1";

    /** Levels of nesting; a pod has some twenty, and etcd would take none with more. */
    static final int DEEPEST = 500;
    /** Names, values and brackets together. The largest object that etcd takes has some 200,000; a tree of this many takes about 50 MB. */
    static final int MOST_TOKENS = 500_000;

    /** Keeps numbers in their spelling: what a pod says must come back as it was. Interned names are compared by identity all along the way. */
    private static final JsonMapper JSON = JsonMapper
            .builder(JsonFactory.builder()
                    .enable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
                    .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(DEEPEST).maxTokenCount(MOST_TOKENS).build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private ReviewReader() {}

    static Review read(byte[] body) {
        JsonNode tree;
        try {
            tree = parse(body);
        } catch (JacksonException e) {
            return unreadable("no JSON" + place(e.getLocation()) + ": " + e.getOriginalMessage());
        } catch (YamlException e) {
            return unreadable("neither JSON nor YAML, line " + e.line() + ", column " + e.column() + ": " + e.getMessage());
        }
        return review(tree);
    }

    /** A body that exceeds a limit has no place where it is wrong. */
    private static String place(@Nullable TokenStreamLocation location) {
        return location == null ? "" : ", line " + location.getLineNr() + ", column " + location.getColumnNr();
    }

    /** A tree out of JSON or YAML. */
    static JsonNode parse(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException noJson) {
            // A body that means to be JSON is told what is wrong with it as JSON.
            if (startsLikeJson(body)) {
                throw noJson;
            }
            return YamlReader.read(new String(body, StandardCharsets.UTF_8));
        }
    }

    private static boolean startsLikeJson(byte[] body) {
        for (byte b : body) {
            if (b == '{' || b == '[') {
                return true;
            }
            if (b > ' ') {
                return false;
            }
        }
        return false;
    }

    private static Review review(JsonNode tree) {
        String kind = text(tree, "kind");
        String apiVersion = text(tree, "apiVersion");
        if (!"AdmissionReview".equals(kind) || !(V1.equals(apiVersion) || V1BETA1.equals(apiVersion))) {
            return unreadable("kind " + quoted(kind) + " with apiVersion " + quoted(apiVersion) + " is not supported");
        }
        JsonNode request = tree.get("request");
        if (!(request instanceof ObjectNode)) {
            return new Review.Unanswerable(apiVersion, "", "the AdmissionReview has no request; nothing can be admitted");
        }
        String uid = text(request, "uid");
        JsonNode object = request.get("object");
        if (!(object instanceof ObjectNode pod)) {
            return new Review.Unanswerable(apiVersion, uid, "request.object is missing; send the pod that is to be created");
        }
        String wrongKind = wrongKind(request, pod);
        if (wrongKind != null) {
            return new Review.Unanswerable(apiVersion, uid, wrongKind);
        }
        return new Review.Question(apiVersion, uid, text(request, "namespace"), request.path("dryRun").asBoolean(false), pod);
    }

    /** Objects without a kind are taken for pods, as the API server's own test objects have none. */
    private static @Nullable String wrongKind(JsonNode request, ObjectNode object) {
        String kind = text(object, "kind");
        String apiVersion = text(object, "apiVersion");
        if (kind.isEmpty() && request.get("kind") instanceof ObjectNode declared) {
            kind = text(declared, "kind");
            apiVersion = text(declared, "version");
        }
        boolean pod = (kind.isEmpty() || kind.equals("Pod")) && (apiVersion.isEmpty() || apiVersion.equals("v1"));
        return pod
                ? null
                : "request.object is of kind " + quoted(kind) + ", apiVersion " + quoted(apiVersion)
                        + "; only pods (v1) can be injected: check the rules of the webhook's registration";
    }

    private static Review unreadable(String problem) {
        return new Review.Unanswerable(null, "",
                "could not decode the body: " + problem + "; send an AdmissionReview of " + V1 + " or " + V1BETA1);
    }

    private static String quoted(String text) {
        return '"' + text + '"';
    }

    private static String text(JsonNode node, String name) {
        JsonNode value = node.get(name);
        return value == null ? "" : value.asString("");
    }
}
