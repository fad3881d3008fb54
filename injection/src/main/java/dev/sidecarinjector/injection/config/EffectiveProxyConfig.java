package dev.sidecarinjector.injection.config;

import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.InjectionException;
import dev.sidecarinjector.injection.Reason;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The proxy settings that hold for one pod: all layers in their order (spec section 3.3). */
public final class EffectiveProxyConfig {
    private EffectiveProxyConfig() {}

    /**
     * The settings for a pod. Without annotation and resources it is the same object for every pod.
     *
     * @param annotation the pod's {@code proxy.istio.io/config}, or null; the webhook ignores one that cannot be read
     * @throws InjectionException INVALID_ANNOTATION on the command line where the annotation cannot be read
     */
    public static ProxyConfig of(InjectionContext context, JsonNode pod, MeshConfig mesh, @Nullable String annotation) {
        if (context.view() == InjectionContext.View.COMMAND_LINE) {
            ProxyConfig config = annotation == null ? mesh.defaultConfig() : commandLine(mesh, annotation);
            return context.proxyConfigs().isEmpty() ? config : layered(context, pod, mesh, annotation);
        }
        if (context.proxyConfigs().isEmpty()) {
            return annotation == null ? mesh.webhookBase() : mesh.webhookConfig(annotation);
        }
        return layered(context, pod, mesh, annotation);
    }

    /** What is wrong with a ProxyConfig resource so that no pod could be given its settings; null where nothing is. */
    public static @Nullable String problem(ObjectNode resource) {
        ObjectNode pod = JsonNodeFactory.instance.objectNode();
        String namespace = resource.path("metadata").path("namespace").asString("");
        ObjectNode metadata = pod.putObject("metadata").put("namespace", namespace);
        metadata.set("labels", resource.path("spec").path("selector").path("matchLabels").deepCopy());
        InjectionContext context = new InjectionContext(InjectionContext.View.WEBHOOK, namespace, null, Map.of(), null, null,
                List.of(resource));
        try {
            of(context, pod, MeshConfig.defaults(), null);
            return null;
        } catch (ConfigurationException | InjectionException e) {
            return e.getMessage();
        }
    }

    private static ProxyConfig commandLine(MeshConfig mesh, String annotation) {
        try {
            return mesh.commandLineConfig(annotation);
        } catch (ConfigurationException e) {
            throw new InjectionException(Reason.INVALID_ANNOTATION, "could not parse proxy config: " + e.getMessage());
        }
    }

    private static ProxyConfig layered(InjectionContext context, JsonNode pod, MeshConfig mesh, @Nullable String annotation) {
        Resources resources = Resources.of(context, pod, mesh);
        ProxyConfig config = overlay(overlay(mesh.webhookBase(), resources.root()), resources.namespace());
        ProxyConfig workload = annotation == null ? ProxyConfig.empty() : annotationLayer(annotation);
        return config.overlay(overlay(workload, resources.workload()));
    }

    /** The ProxyConfig resources that hold for a pod; a later one wins over an earlier one. */
    public static List<ObjectNode> resources(InjectionContext context, JsonNode pod, MeshConfig mesh) {
        Resources resources = Resources.of(context, pod, mesh);
        return Stream.of(resources.root(), resources.namespace(), resources.workload()).flatMap(Stream::ofNullable).toList();
    }

    private record Resources(@Nullable ObjectNode root, @Nullable ObjectNode namespace, @Nullable ObjectNode workload) {
        static Resources of(InjectionContext context, JsonNode pod, MeshConfig mesh) {
            String own = pod.path("metadata").path("namespace").asString("");
            String namespace = own.isEmpty() ? context.namespace() : own;
            String root = mesh.rootNamespace();
            return new Resources(root.isEmpty() ? null : oldest(context.proxyConfigs(), root, null),
                    namespace.equals(root) ? null : oldest(context.proxyConfigs(), namespace, null),
                    oldest(context.proxyConfigs(), namespace, pod.path("metadata").path("labels")));
        }
    }

    /** The annotation alone, without its zeros: a layer. */
    static ProxyConfig annotationLayer(String annotation) {
        ObjectNode fields = ProxyConfigText.parse(annotation).fields();
        return fields == null ? ProxyConfig.empty() : ProxyConfig.empty().apply(fields, true, true);
    }

    private static ProxyConfig overlay(ProxyConfig config, @Nullable ObjectNode resource) {
        if (resource == null) {
            return config;
        }
        JsonNode spec = resource.path("spec");
        ObjectNode fields = JsonNodeFactory.instance.objectNode();
        copy(spec, "concurrency", fields, "concurrency");
        copy(spec, "environmentVariables", fields, "proxyMetadata");
        copy(spec, "image", fields, "image");
        return config.apply(fields, true);
    }

    private static void copy(JsonNode from, String name, ObjectNode to, String target) {
        if (from.hasNonNull(name)) {
            to.set(target, from.get(name));
        }
    }

    /**
     * Of the resources of a namespace the one that was created first.
     *
     * @param labels null: those without selector; else those whose selector matches
     */
    private static @Nullable ObjectNode oldest(List<ObjectNode> resources, String namespace, @Nullable JsonNode labels) {
        ObjectNode oldest = null;
        for (ObjectNode resource : resources) {
            if (resource.path("metadata").path("namespace").asString("").equals(namespace) && applies(resource, labels)
                    && (oldest == null || key(resource).compareTo(key(oldest)) < 0)) {
                oldest = resource;
            }
        }
        return oldest;
    }

    /** RFC 3339 times in UTC sort as text; the name decides between equals so that the order of arrival does not. */
    private static String key(ObjectNode resource) {
        JsonNode metadata = resource.path("metadata");
        return metadata.path("creationTimestamp").asString("") + " " + metadata.path("name").asString("");
    }

    private static boolean applies(ObjectNode resource, @Nullable JsonNode labels) {
        JsonNode wanted = resource.path("spec").path("selector").path("matchLabels");
        if (labels == null) {
            return resource.path("spec").path("selector").isEmpty();
        }
        for (var label : wanted.properties()) {
            if (!label.getValue().asString("").equals(labels.path(label.getKey()).asString(null))) {
                return false;
            }
        }
        return !wanted.isEmpty();
    }
}
