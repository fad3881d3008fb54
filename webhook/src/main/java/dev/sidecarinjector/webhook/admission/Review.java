package dev.sidecarinjector.webhook.admission;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** What an API server sent: a question that can be asked of the engine, or one that can only be answered with a refusal. */
public sealed interface Review {
    /**
     * A pod to admit.
     *
     * @param apiVersion of the review; the answer has the same
     * @param uid        of the request; the answer repeats it
     * @param namespace  of the request, or empty
     * @param dryRun     whether nothing will come of it: then nothing outside the answer may happen either
     * @param pod        the object exactly as it was sent
     */
    record Question(String apiVersion, String uid, String namespace, boolean dryRun, ObjectNode pod) implements Review {
        /** A review that is meant. */
        public Question(String apiVersion, String uid, String namespace, ObjectNode pod) {
            this(apiVersion, uid, namespace, false, pod);
        }

        /** The namespace that the pod will be in: its own where it says one, else the request's; or empty. */
        public String podNamespace() {
            String own = pod.path("metadata").path("namespace").asString("");
            return own.isEmpty() ? namespace : own;
        }

        /** The pod's name, or what the API server will begin it with; or empty. */
        public String podName() {
            String name = pod.path("metadata").path("name").asString("");
            return name.isEmpty() ? pod.path("metadata").path("generateName").asString("") : name;
        }
    }

    /**
     * A review that holds no pod.
     *
     * @param apiVersion of the review, or null where the body is no review at all (spec section 14: then the answer has no kind either)
     * @param uid        of the request, or empty
     * @param message    what was wrong, where, and what was expected
     */
    record Unanswerable(@Nullable String apiVersion, String uid, String message) implements Review {}
}
