package dev.sidecarinjector.conformance;

import dev.sidecarinjector.fixtures.YamlTrees;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes of a manifest's workloads the pods that a cluster would send to the webhook (the cases' rules for it). */
final class Workloads {
    private static final Set<String> WITH_TEMPLATE = Set.of("Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob",
            "ReplicationController", "DeploymentConfig");

    /** A pod and the namespace of the request that brings it. */
    record Arrival(ObjectNode pod, String namespace) {}

    private Workloads() {}

    static List<Arrival> arrivals(String manifest) {
        List<Arrival> arrivals = new ArrayList<>();
        YamlTrees.readAll(manifest).forEach(document -> collect(document, arrivals));
        return arrivals;
    }

    private static void collect(JsonNode document, List<Arrival> arrivals) {
        String kind = document.path("kind").asString("");
        if (kind.equals("List")) {
            document.path("items").forEach(item -> collect(item, arrivals));
        } else if (kind.equals("Pod")) {
            arrivals.add(new Arrival((ObjectNode) document, namespace(document)));
        } else if (WITH_TEMPLATE.contains(kind)) {
            arrivals.add(new Arrival(pod(document, kind), namespace(document)));
        }
    }

    private static String namespace(JsonNode document) {
        return document.path("metadata").path("namespace").asString("");
    }

    private static ObjectNode pod(JsonNode workload, String kind) {
        JsonNode spec = workload.path("spec");
        JsonNode template = kind.equals("CronJob") ? spec.path("jobTemplate").path("spec").path("template") : spec.path("template");
        ObjectNode pod = ConformanceData.JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
        pod.setAll((ObjectNode) template);
        if (!(pod.get("metadata") instanceof ObjectNode)) {
            pod.putObject("metadata");
        }
        ObjectNode metadata = (ObjectNode) pod.get("metadata");
        String owner = workload.path("metadata").path("name").asString("");
        String ownerKind = kind;
        if (kind.equals("Deployment")) {
            owner += "-fake";
            ownerKind = "ReplicaSet";
            metadata.withObject("/labels").put("pod-template-hash", "fake");
        }
        metadata.put("generateName", owner + "-");
        metadata.putArray("ownerReferences").addObject().put("apiVersion", workload.path("apiVersion").asString()).put("kind", ownerKind)
                .put("name", owner).put("controller", true);
        return pod;
    }
}
