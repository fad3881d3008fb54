package dev.sidecarinjector.webhook.demo;

import java.util.List;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Makes of a Deployment what the cluster makes of it: a pod, and the review that the API server sends for it. */
final class Sample {
    private static final String HASH = "5d9c7b6f8";

    private Sample() {}

    /** The pod that the Deployment's ReplicaSet would create. */
    static ObjectNode pod(ObjectNode deployment) {
        String name = deployment.at("/metadata/name").asString();
        ObjectNode pod = JsonNodeFactory.instance.objectNode().put("apiVersion", "v1").put("kind", "Pod");
        pod.setAll((ObjectNode) deployment.at("/spec/template").deepCopy());
        ObjectNode metadata = pod.withObject("/metadata");
        metadata.put("generateName", name + "-" + HASH + "-").set("namespace", deployment.at("/metadata/namespace"));
        metadata.withObject("/labels").put("pod-template-hash", HASH);
        metadata.withArray("/ownerReferences")
                .addObject()
                .put("apiVersion", "apps/v1")
                .put("kind", "ReplicaSet")
                .put("name", name + "-" + HASH)
                .put("uid", "a-replica-set")
                .put("controller", true);
        return pod;
    }

    static ObjectNode review(ObjectNode pod) {
        ObjectNode review = JsonNodeFactory.instance.objectNode().put("kind", "AdmissionReview").put("apiVersion", "admission.k8s.io/v1");
        ObjectNode request = review.withObject("/request").put("uid", "demo").put("operation", "CREATE");
        request.withObject("/kind").put("group", "").put("version", "v1").put("kind", "Pod");
        request.set("namespace", pod.at("/metadata/namespace"));
        request.set("object", pod);
        return review;
    }

    /** The part of an injected pod that an injected pod template has too, as kube-inject prints it. */
    static ObjectNode template(ObjectNode pod) {
        ObjectNode template = pod.deepCopy();
        template.remove(List.of("apiVersion", "kind"));
        for (String list : List.of("initContainers", "containers")) {
            template.at("/spec/" + list).forEach(container -> ((ObjectNode) container).withObject("/resources"));
        }
        ObjectNode metadata = template.withObject("/metadata");
        metadata.remove(List.of("generateName", "namespace", "ownerReferences"));
        metadata.withObject("/labels").remove("pod-template-hash");
        return template;
    }
}
