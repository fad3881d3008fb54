package dev.sidecarinjector.e2e;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What the tests do while the program lacks options that the chart uses: it gets files instead of a cluster, and a certificate from outside. */
final class OlderProgram {
    private OlderProgram() {}

    /** Values under those of a test. */
    static String values(KubernetesClient client, String name) {
        if (Program.knows("--cluster")) {
            return "";
        }
        Authority authority = new Authority();
        Installation.givenSecret(client, name + "-given", authority.issue(name + "." + Installation.NAMESPACE + ".svc"));
        return "{configuration: {source: files}, certificates: {source: secret, secretName: " + name
                + "-given}, istiodRemote: {injectionCABundle: "
                + Base64.getEncoder().encodeToString(authority.certificate().getBytes(StandardCharsets.UTF_8)) + "}}";
    }

    static void adapt(JsonNode document) {
        if (!document.at("/kind").asString().equals("Deployment")) {
            return;
        }
        ObjectNode container = (ObjectNode) document.at("/spec/template/spec/containers/0");
        ArrayNode arguments = container.arrayNode();
        container.at("/args").forEach(argument -> {
            if (Program.knows(argument.asString().replaceAll("=.*", ""))) {
                arguments.add(argument);
            }
        });
        container.set("args", arguments);
        if (!Program.knows("--monitoring-port")) {
            container.remove("livenessProbe");
            container.remove("startupProbe");
            ((ObjectNode) container.at("/readinessProbe/httpGet")).put("port", "https").put("scheme", "HTTPS");
        }
    }
}
