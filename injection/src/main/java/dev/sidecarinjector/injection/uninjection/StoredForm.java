package dev.sidecarinjector.injection.uninjection;

import dev.sidecarinjector.injection.schema.PodShape;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What the API server makes of an injected pod, so that a stored one can be compared with one that was injected just now: its defaults, and the
 * service account's token, which it mounts once more after the webhooks, in the containers that they brought.
 */
final class StoredForm {
    /** Of the volume that the API server adds to pods, before the webhooks. */
    private static final String TOKEN_VOLUME = "kube-api-access-";
    private static final String TOKEN_PATH = "/var/run/secrets/kubernetes.io/serviceaccount";

    private StoredForm() {}

    /** A copy of a pod in this form. */
    static ObjectNode of(JsonNode pod) {
        ObjectNode copy = (ObjectNode) pod.deepCopy();
        copy.put("kind", "Pod");
        if (copy.path("spec") instanceof ObjectNode spec) {
            for (JsonNode volume : spec.path("volumes")) {
                String name = volume.path("name").asString("");
                if (name.startsWith(TOKEN_VOLUME)) {
                    spec.path("initContainers").forEach(container -> mount(container, name));
                    spec.path("containers").forEach(container -> mount(container, name));
                    break;
                }
            }
        }
        PodShape.defaulted(copy);
        return copy;
    }

    private static void mount(JsonNode container, String volume) {
        if (!(container instanceof ObjectNode object)) {
            return;
        }
        JsonNode mounts = object.path("volumeMounts");
        for (JsonNode mount : mounts) {
            if (mount.path("mountPath").asString("").equals(TOKEN_PATH)) {
                return;
            }
        }
        ArrayNode list = mounts instanceof ArrayNode present ? present : JsonNodeFactory.instance.arrayNode();
        list.addObject().put("name", volume).put("readOnly", true).put("mountPath", TOKEN_PATH);
        object.set("volumeMounts", list);
    }
}
