package dev.sidecarinjector.webhook.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** ProxyConfig resources: what the engine reads of them (spec section 3.3), by namespace. */
final class ProxyConfigs {
    static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder()
            .withGroup("networking.istio.io").withVersion("v1beta1").withKind("ProxyConfig").withPlural("proxyconfigs")
            .withNamespaced(true).build();
    private static final JsonMapper JSON = new JsonMapper();

    private ProxyConfigs() {}

    /** The resource as the engine reads it: namespace, name, time of creation and spec. */
    static ObjectNode tree(GenericKubernetesResource resource) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.putObject("metadata")
                .put("namespace", resource.getMetadata().getNamespace())
                .put("name", resource.getMetadata().getName())
                .put("creationTimestamp", resource.getMetadata().getCreationTimestamp());
        JsonNode spec = JSON.valueToTree(resource.getAdditionalProperties().get("spec"));
        tree.set("spec", spec.isObject() ? spec : JsonNodeFactory.instance.objectNode());
        return tree;
    }

    static Map<String, List<ObjectNode>> byNamespace(Iterable<ObjectNode> trees) {
        Map<String, List<ObjectNode>> found = new HashMap<>();
        for (ObjectNode tree : trees) {
            found.computeIfAbsent(tree.path("metadata").path("namespace").asString(""), _ -> new ArrayList<>()).add(tree);
        }
        found.replaceAll((_, list) -> List.copyOf(list));
        return Map.copyOf(found);
    }
}
