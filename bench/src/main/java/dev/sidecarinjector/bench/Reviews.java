package dev.sidecarinjector.bench;

import dev.sidecarinjector.injection.yaml.YamlReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The bodies that the benchmarks send: AdmissionReviews made from Deployments. */
final class Reviews {
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Reviews() {}

    /**
     * The review of a case.
     *
     * @param name      {@code hello}, {@code proxy-override} or {@code prometheus}: a Deployment; {@code containers-20}: a pod of 64 KiB with 20
     *                  containers; {@code env-2000}: one container with 2,000 variables
     * @param manifests folder whose {@code name.yaml} takes the place of our own manifest, so that figures can be compared with the peer's;
     *                  null for our own
     */
    static byte[] of(String name, @Nullable Path manifests) {
        ObjectNode pod = switch (name) {
            case "containers-20" -> containers(20, 65_536 / 20);
            case "env-2000" -> variables(2_000);
            default -> template(manifest(name, manifests));
        };
        ObjectNode request = NODES.objectNode().put("uid", "0df28fbd-5f5f-11ea-bc55-0242ac130003").put("namespace", "default")
                .put("operation", "CREATE");
        request.putObject("kind").put("group", "").put("version", "v1").put("kind", "Pod");
        request.set("object", pod);
        ObjectNode review = NODES.objectNode().put("kind", "AdmissionReview").put("apiVersion", "admission.k8s.io/v1");
        review.set("request", request);
        return JSON.writeValueAsBytes(review);
    }

    private static JsonNode manifest(String name, @Nullable Path manifests) {
        try {
            if (manifests != null) {
                return YamlReader.read(Files.readString(manifests.resolve(name + ".yaml")));
            }
            try (InputStream in = Reviews.class.getResourceAsStream(name + ".yaml")) {
                if (in == null) {
                    throw new IllegalArgumentException("no manifest " + name + ".yaml");
                }
                return YamlReader.read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The pod that a ReplicaSet of the Deployment would make. */
    private static ObjectNode template(JsonNode deployment) {
        ObjectNode pod = NODES.objectNode().put("kind", "Pod").put("apiVersion", "v1");
        pod.setAll((ObjectNode) deployment.at("/spec/template").deepCopy());
        String owner = deployment.at("/metadata/name").asString() + "-5d8f9c7b6d";
        ObjectNode metadata = (ObjectNode) pod.get("metadata");
        metadata.put("generateName", owner + "-").put("namespace", "default");
        metadata.withObjectProperty("labels").put("pod-template-hash", "5d8f9c7b6d");
        metadata.putArray("ownerReferences").addObject().put("apiVersion", "apps/v1").put("kind", "ReplicaSet").put("name", owner)
                .put("uid", "4f8c1d0e-7b53-4c8e-9a57-6f1f6f0f2a10").put("controller", true);
        pod.putObject("status");
        return pod;
    }

    private static ObjectNode pod(String name) {
        ObjectNode pod = NODES.objectNode().put("kind", "Pod").put("apiVersion", "v1");
        pod.putObject("metadata").put("name", name).put("namespace", "default").putObject("labels").put("app", name);
        pod.putObject("spec").putArray("containers");
        return pod;
    }

    /** Containers with probes, ports and variables, each of about so many bytes. */
    private static ObjectNode containers(int count, int bytes) {
        ObjectNode pod = pod("many");
        for (int i = 0; i < count; i++) {
            ObjectNode container = containersOf(pod).addObject().put("name", "app-" + i).put("image", "registry.example/team/app:" + i);
            container.putArray("ports").addObject().put("name", "http").put("containerPort", 8000 + i);
            container.putObject("readinessProbe").putObject("httpGet").put("path", "/ready").put("port", "http");
            container.putObject("livenessProbe").putObject("tcpSocket").put("port", 8000 + i);
            ArrayNode env = container.putArray("env");
            for (int j = 0; env.toString().length() < bytes - 300; j++) {
                env.addObject().put("name", "SETTING_" + j).put("value", "value number " + j + " of container " + i);
            }
        }
        return pod;
    }

    private static ObjectNode variables(int count) {
        ObjectNode pod = pod("verbose");
        ObjectNode container = containersOf(pod).addObject().put("name", "app").put("image", "registry.example/team/app:1");
        ArrayNode env = container.putArray("env");
        for (int i = 0; i < count; i++) {
            env.addObject().put("name", "SETTING_" + i).put("value", "value " + i);
        }
        return pod;
    }

    private static ArrayNode containersOf(ObjectNode pod) {
        return (ArrayNode) pod.at("/spec/containers");
    }
}
