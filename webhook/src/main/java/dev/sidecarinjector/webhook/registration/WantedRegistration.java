package dev.sidecarinjector.webhook.registration;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A MutatingWebhookConfiguration as a file wants it. */
record WantedRegistration(String file, String name, ObjectNode tree) {
    static final String REVISION = "istio.io/rev";
    private static final String NAMESPACE_NAME = "kubernetes.io/metadata.name";
    /** Where the engine never injects either (its decision, step 2). */
    private static final List<String> SYSTEM = List.of("kube-system", "kube-public", "kube-node-lease", "local-path-storage");

    /**
     * What stands against it, with the reason and the remedy; null where nothing does.
     *
     * @param namespace of our own pods
     * @param labels    that our own pods have
     */
    @Nullable
    String fault(String revision, String namespace, Map<String, String> labels) {
        if (!"MutatingWebhookConfiguration".equals(tree.path("kind").asString("")) || name.isEmpty()) {
            return "not a MutatingWebhookConfiguration with a name";
        }
        if (!revision.equals(tree.path("metadata").path("labels").path(REVISION).asString(""))) {
            return "its label " + REVISION + " is not " + revision + ", so this revision does not look after it; set the label";
        }
        return StreamSupport.stream(tree.path("webhooks").spliterator(), false).map(webhook -> fault(webhook, namespace, labels))
                .filter(text -> !text.isEmpty()).findFirst().orElse(null);
    }

    private static String fault(JsonNode webhook, String namespace, Map<String, String> labels) {
        String entry = "webhook " + webhook.path("name").asString("?");
        Selector namespaces = new Selector(webhook.path("namespaceSelector"));
        Selector objects = new Selector(webhook.path("objectSelector"));
        for (String system : SYSTEM) {
            if (namespaces.canMatch(Map.of(NAMESPACE_NAME, system), Set.of())) {
                return entry + " can match pods in " + system
                        + ": when this webhook is down, the cluster could not repair itself; add to its namespaceSelector "
                        + "{key: " + NAMESPACE_NAME + ", operator: NotIn, values: [" + String.join(", ", SYSTEM) + "]}";
            }
        }
        if (namespaces.canMatch(Map.of(NAMESPACE_NAME, namespace), Set.of()) && objects.canMatch(labels, Set.of())) {
            return entry
                    + " can match this webhook's own pods, which could then never start again after all of them ended; exclude the namespace "
                    + namespace
                    + " in its namespaceSelector, or in its objectSelector a label of these pods: " + labels;
        }
        return "";
    }
}
