package dev.sidecarinjector.webhook.config;

import dev.sidecarinjector.webhook.cluster.ClusterCondition;
import dev.sidecarinjector.webhook.cluster.Watched;
import dev.sidecarinjector.webhook.cluster.Watched.Subject;
import dev.sidecarinjector.webhook.config.Reading.Complete;
import dev.sidecarinjector.webhook.config.Reading.Culprit;
import dev.sidecarinjector.webhook.config.Reading.Incomplete;
import dev.sidecarinjector.webhook.config.Reading.Unknown;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectReference;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Two ConfigMaps of the cluster: the injector's with the keys {@code config} and {@code values}, the mesh's with the key {@code mesh}. */
public final class ConfigurationMaps extends ConfigurationSource {
    private final KubernetesClient client;
    private final Names names;
    private final ClusterCondition condition;
    private volatile @Nullable State injector;
    private volatile @Nullable State mesh;
    private @Nullable Watched<ConfigMap, Kept> injectorWatch;
    private @Nullable Watched<ConfigMap, Kept> meshWatch;

    /**
     * Which ConfigMaps.
     *
     * @param namespace of both
     */
    public record Names(String namespace, String injector, String mesh) {
        /** The names that a revision's ConfigMaps have (spec section 2.1); empty and {@code default} are the default revision. */
        public static Names of(String namespace, String revision) {
            String suffix = revision.isEmpty() || revision.equals("default") ? "" : "-" + revision;
            return new Names(namespace, "istio-sidecar-injector" + suffix, "istio" + suffix);
        }

        private String full(String name) {
            return namespace + "/" + name;
        }
    }

    /** What is kept of a ConfigMap: the keys that are read, and who it is. */
    private record Kept(Map<String, String> texts, String uid) {}

    /** What the API server listed: at most the one. */
    private record State(@Nullable Kept map) {}

    public ConfigurationMaps(KubernetesClient client, Names names, ClusterCondition condition) {
        this.client = client;
        this.names = names;
        this.condition = condition;
    }

    @Override
    String place() {
        return "the ConfigMaps " + names.full(names.injector) + " and " + names.full(names.mesh);
    }

    @Override
    void watch(Runnable changed) {
        injectorWatch = watch(names.injector, state -> {
            injector = state;
            changed.run();
        });
        meshWatch = watch(names.mesh, state -> {
            mesh = state;
            changed.run();
        });
        changed.run();
    }

    private Watched<ConfigMap, Kept> watch(String name, Consumer<State> use) {
        String full = names.full(name);
        Subject subject = new Subject("configmap " + full, "list and watch the configmap " + full,
                "its configuration cannot be used", false);
        // Two objects by name, not all of a namespace: the permission needs to be no wider.
        return Watched.start(subject, client.configMaps().inNamespace(names.namespace).withName(name), ConfigMap::new,
                ConfigurationMaps::kept, all -> use.accept(new State(all.get(full))), condition);
    }

    private static Kept kept(ConfigMap map) {
        Map<String, String> texts = new HashMap<>();
        Map<String, String> data = Objects.requireNonNullElse(map.getData(), Map.of());
        for (String key : new String[]{"config", "values", "mesh"}) {
            if (data.get(key) != null) {
                texts.put(key, data.get(key));
            }
        }
        return new Kept(Map.copyOf(texts), Objects.requireNonNullElse(map.getMetadata().getUid(), ""));
    }

    @Override
    Reading read() {
        State ofInjector = injector;
        State ofMesh = mesh;
        if (ofInjector == null || ofMesh == null) {
            return new Unknown(condition.about("configmap " + names.full(ofInjector == null ? names.injector : names.mesh)));
        }
        if (ofInjector.map == null) {
            return new Incomplete(Culprit.INJECTOR, "the ConfigMap " + names.full(names.injector) + " does not exist; create it, or name"
                    + " another with --injector-configmap, --namespace or --revision");
        }
        String config = ofInjector.map.texts.get("config");
        String values = ofInjector.map.texts.get("values");
        if (config == null || values == null) {
            return new Incomplete(Culprit.INJECTOR, "the ConfigMap " + names.full(names.injector) + " has no key "
                    + (config == null ? "config" : "values") + "; it needs both, config and values");
        }
        if (ofMesh.map == null) {
            return new Complete(new ConfigurationTexts(config, values, null));
        }
        String meshText = ofMesh.map.texts.get("mesh");
        return meshText == null
                ? new Incomplete(Culprit.MESH, "the ConfigMap " + names.full(names.mesh) + " has no key mesh; give it one (an empty text"
                        + " means the defaults)")
                : new Complete(new ConfigurationTexts(config, values, meshText));
    }

    @Override
    ObjectReference about(Culprit culprit) {
        State state = culprit == Culprit.MESH ? mesh : injector;
        return new ObjectReferenceBuilder().withApiVersion("v1").withKind("ConfigMap").withNamespace(names.namespace)
                .withName(culprit == Culprit.MESH ? names.mesh : names.injector)
                .withUid(state == null || state.map == null ? null : state.map.uid)
                .build();
    }

    @Override
    public void close() {
        if (injectorWatch != null) {
            injectorWatch.close();
        }
        if (meshWatch != null) {
            meshWatch.close();
        }
    }
}
