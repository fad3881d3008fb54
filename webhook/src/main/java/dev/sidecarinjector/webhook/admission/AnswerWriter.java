package dev.sidecarinjector.webhook.admission;

import dev.sidecarinjector.injection.patch.JsonPatch;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes the answer to a review (spec section 14) straight into bytes. */
final class AnswerWriter {
    private static final JsonFactory JSON = new JsonFactory();

    private AnswerWriter() {}

    /** The pod may be created as it is. */
    static byte[] allowed(Review.Question question, List<String> warnings) {
        return write(question.apiVersion(), question.uid(), true, null, null, warnings);
    }

    /** The pod may be created after the patch. */
    static byte[] patched(Review.Question question, JsonPatch patch, List<String> warnings) {
        return write(question.apiVersion(), question.uid(), true, null, Base64.getEncoder().encode(patch.toBytes()), warnings);
    }

    /** The pod may not be created. */
    static byte[] refused(Review.Question question, String message, List<String> warnings) {
        return write(question.apiVersion(), question.uid(), false, message, null, warnings);
    }

    static byte[] refused(Review.Unanswerable review) {
        return write(review.apiVersion(), review.uid(), false, review.message(), null, List.of());
    }

    private static byte[] write(@Nullable String apiVersion, String uid, boolean allowed, @Nullable String message, byte @Nullable [] patch,
            List<String> warnings) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(512 + (patch == null ? 0 : patch.length));
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            if (apiVersion != null) {
                json.writeStringProperty("kind", "AdmissionReview");
                json.writeStringProperty("apiVersion", apiVersion);
            }
            json.writeObjectPropertyStart("response");
            json.writeStringProperty("uid", uid);
            json.writeBooleanProperty("allowed", allowed);
            if (message != null) {
                writeStatus(json, message);
            }
            if (patch != null) {
                json.writeName("patch");
                json.writeRawUTF8String(patch, 0, patch.length);
                json.writeStringProperty("patchType", "JSONPatch");
            }
            writeWarnings(json, warnings);
            json.writeEndObject();
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static void writeStatus(JsonGenerator json, String message) {
        json.writeObjectPropertyStart("status");
        json.writeObjectPropertyStart("metadata");
        json.writeEndObject();
        json.writeStringProperty("message", message);
        json.writeEndObject();
    }

    private static void writeWarnings(JsonGenerator json, List<String> warnings) {
        if (warnings.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("warnings");
        for (String warning : warnings) {
            json.writeString(warning);
        }
        json.writeEndArray();
    }
}
