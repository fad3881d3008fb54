package dev.sidecarinjector.injection;

import dev.sidecarinjector.gotemplate.GoStruct;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.EffectiveProxyConfig;
import dev.sidecarinjector.injection.config.Images;
import dev.sidecarinjector.injection.config.MeshConfig;
import dev.sidecarinjector.injection.config.NativeSidecars;
import dev.sidecarinjector.injection.config.ProxyConfig;
import dev.sidecarinjector.injection.render.TemplateData;
import dev.sidecarinjector.injection.schema.GoViews;
import dev.sidecarinjector.injection.transform.Circumstances;
import dev.sidecarinjector.injection.transform.OpenShift;
import dev.sidecarinjector.injection.transform.PodDraft;
import dev.sidecarinjector.injection.transform.Stripped;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Works out what holds for one pod (spec sections 3.3, 7.2, 7.4) and what its templates see (section 7). */
final class PodCircumstances {
    private static final String CLUSTER = "ISTIO_META_CLUSTER_ID";
    private static final String NETWORK = "ISTIO_META_NETWORK";

    private PodCircumstances() {}

    static Circumstances of(ObjectNode pod, InjectionContext context, Configuration configuration) {
        JsonNode annotations = pod.path("metadata").path("annotations");
        String own = annotations.path("proxy.istio.io/config").asString(null);
        ProxyConfig proxyConfig = EffectiveProxyConfig.of(context, pod, configuration.mesh(), own);
        boolean commandLine = context.view() == InjectionContext.View.COMMAND_LINE;
        MeshConfig mesh = commandLine && own != null ? configuration.mesh().withDefaultConfig(proxyConfig) : configuration.mesh();
        boolean nativeSidecar = NativeSidecars.detect(configuration.features().nativeSidecars(), context.nodes(),
                pod.path("spec").path("nodeName").asString(""));
        return new Circumstances(configuration, proxyConfig, mesh, context, proxyEnv(pod, context, configuration), nativeSidecar);
    }

    private static SortedMap<String, String> proxyEnv(JsonNode pod, InjectionContext context, Configuration configuration) {
        SortedMap<String, String> env = new TreeMap<>(context.proxyEnv());
        put(env, CLUSTER, context.proxyEnv().getOrDefault(CLUSTER, ""),
                configuration.values().text("global", "multiCluster", "clusterName"));
        String label = pod.path("metadata").path("labels").path("topology.istio.io/network").asString("");
        put(env, NETWORK, label.isEmpty() ? context.proxyEnv().getOrDefault(NETWORK, "") : label,
                configuration.values().text("global", "network"));
        return env;
    }

    private static void put(Map<String, String> env, String name, String first, String fallback) {
        String value = first.isEmpty() ? fallback : first;
        if (!value.isEmpty()) {
            env.put(name, value);
        }
    }

    static TemplateData templateData(PodDraft draft) {
        Circumstances circumstances = draft.circumstances();
        Configuration configuration = circumstances.configuration();
        InjectionContext context = circumstances.context();
        if (configuration.values().go() == null) {
            throw new InjectionException(Reason.TEMPLATE_FAILED, "failed to parse values.yaml; the values text is empty: give one");
        }
        ObjectNode stripped = Stripped.of(draft);
        JsonNode metadata = stripped.path("metadata");
        String imageType = metadata.path("annotations").path("sidecar.istio.io/proxyImageType").asString(null);
        Owner owner = context.owner() == null ? Owners.of(draft.received(), context.namespace()) : context.owner();
        OpenShift.Ids ids = configuration.features().openshift() ? OpenShift.ids(context.namespaceAnnotations()) : OpenShift.Ids.DEFAULT;
        return new TemplateData(owner, objectMeta(metadata, context.namespace()), GoViews.podSpec(stripped.path("spec")),
                circumstances.proxyConfig().go(), circumstances.mesh().go(), configuration.values().go(),
                configuration.features().revision(), circumstances.nativeSidecar(),
                Images.proxy(configuration.values(), circumstances.proxyConfig(), imageType),
                Images.proxyInit(configuration.values(), imageType), ids.uid(), ids.gid(), circumstances.mesh().inboundTrafficPolicyMode(),
                configuration.features().compliancePolicy());
    }

    /** The webhook's request knows the namespace of a pod that does not say. */
    private static GoStruct objectMeta(JsonNode metadata, @Nullable String namespace) {
        boolean silent = metadata.path("namespace").asString("").isEmpty() && namespace != null && !namespace.isEmpty();
        if (!silent || !(metadata instanceof ObjectNode object)) {
            return GoViews.objectMeta(metadata);
        }
        ObjectNode named = object.objectNode();
        named.setAll(object);
        return GoViews.objectMeta(named.put("namespace", namespace));
    }
}
