package dev.sidecarinjector.conformance;

import dev.sidecarinjector.fixtures.NamedPorts;
import dev.sidecarinjector.injection.schema.PodShape;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A manifest as uninject gives it back: in kube-inject's printed form, and of what the injected pod does not tell apart the plainest. A probe's
 * port is the number of its name, and the author's own proxy stands last where it has no ports of its own.
 */
final class PlainForm {
    private PlainForm() {}

    static JsonNode of(JsonNode manifest) {
        if (!(manifest instanceof ObjectNode object)) {
            return manifest;
        }
        ObjectNode plain = object.deepCopy();
        PodShape.coerce(plain);
        PodShape.printable(plain);
        for (String list : List.of("containers", "initContainers")) {
            plain.findValues(list).forEach(containers -> containers.forEach(NamedPorts::resolve));
        }
        plain.findValues("containers").forEach(containers -> proxyLast((ArrayNode) containers));
        return plain;
    }

    private static void proxyLast(ArrayNode containers) {
        for (int i = 0; i < containers.size(); i++) {
            JsonNode container = containers.get(i);
            if (container.path("name").asString("").equals("istio-proxy") && container.path("ports").isEmpty()) {
                containers.add(containers.remove(i));
                return;
            }
        }
    }
}
