package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.Owner;
import io.fabric8.zjsonpatch.JsonPatch;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The injection webhook of a cluster (spec 17.5): asked as the API server would ask it, its patch applied here. */
record RemoteInjection(Cluster.Webhook webhook, JsonMapper json) implements PodInjection {
    @Override
    public Outcome inject(ObjectNode pod, @Nullable Owner owner) {
        JsonNode response = webhook.review(review(pod, owner)).path("response");
        List<String> warnings = new ArrayList<>();
        response.path("warnings").forEach(warning -> warnings.add(warning.asString("")));
        if (!response.path("allowed").asBoolean(false)) {
            throw new CommandFailure(
                    "the cluster's webhook refuses the pod: " + response.path("status").path("message").asString("no reason"));
        }
        JsonNode patch = patch(response.path("patch").asString(""));
        if (patch.isEmpty()) {
            boolean hostNetwork = pod.path("spec").path("hostNetwork").asBoolean(false);
            return new Outcome(null, hostNetwork ? Outcome.HOST_NETWORK : Outcome.DISABLED, warnings);
        }
        return new Outcome((ObjectNode) JsonPatch.apply(patch, pod), null, warnings);
    }

    private static ObjectNode review(ObjectNode pod, @Nullable Owner owner) {
        String namespace = pod.path("metadata").path("namespace").asString(owner == null ? "" : owner.namespace());
        ObjectNode review = JsonNodeFactory.instance.objectNode().put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        ObjectNode request = review.putObject("request").put("uid", UUID.randomUUID().toString()).put("operation", "CREATE").put(
                "namespace",
                namespace);
        request.putObject("kind").put("group", "").put("version", "v1").put("kind", "Pod");
        request.putObject("resource").put("group", "").put("version", "v1").put("resource", "pods");
        request.set("object", pod);
        return review;
    }

    private JsonNode patch(String base64) {
        if (base64.isEmpty()) {
            return JsonNodeFactory.instance.arrayNode();
        }
        try {
            return json.readTree(Base64.getDecoder().decode(base64));
        } catch (JacksonException | IllegalArgumentException _) {
            throw new CommandFailure("the cluster's webhook answers with a patch that cannot be read");
        }
    }
}
