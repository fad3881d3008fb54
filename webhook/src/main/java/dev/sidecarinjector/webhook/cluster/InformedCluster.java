package dev.sidecarinjector.webhook.cluster;

import dev.sidecarinjector.injection.config.EffectiveProxyConfig;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.injection.config.Features.NativeMode;
import dev.sidecarinjector.injection.config.KubeletVersions;
import dev.sidecarinjector.webhook.admission.ClusterView;
import dev.sidecarinjector.webhook.cluster.Watched.Subject;
import dev.sidecarinjector.webhook.event.Events;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** What admissions need to know of the cluster, kept in memory by watches. Only what the settings ask for is watched. */
public final class InformedCluster implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(InformedCluster.class);
    private static final Subject NODES = new Subject("nodes", "list and watch nodes",
            "pods get no native sidecar (ENABLE_NATIVE_SIDECARS=true or false needs no nodes)", false);
    private static final Subject NAMESPACES = new Subject("namespaces", "list and watch namespaces",
            "proxies run with the user 1337 instead of one that OpenShift assigned", false);
    private static final Subject PROXY_CONFIGS = new Subject("proxyconfigs", "list and watch proxyconfigs of networking.istio.io",
            "ProxyConfig resources have no effect", true);
    /** Nodes in one answer: each takes some 15 KB on the wire. */
    private static final long PAGE = 250;
    /** What OpenShift says of a namespace's users. */
    private static final String OPENSHIFT = "openshift.io/";

    private final Events events;
    private final ClusterCondition condition;
    private final Heartbeat heartbeat;
    private final List<Watched<?, ?>> watched = new ArrayList<>();
    private volatile @Nullable KubeletVersions nodes;
    private volatile @Nullable Map<String, Map<String, String>> namespaces;
    private volatile Map<String, List<ObjectNode>> proxyConfigs = Map.of();

    /**
     * Begins to watch: nodes where they decide about native sidecars, namespaces on OpenShift, ProxyConfig resources.
     *
     * @param events    take what is wrong with a ProxyConfig
     * @param condition learns what can be seen
     */
    public InformedCluster(KubernetesClient client, Features features, Events events, ClusterCondition condition) {
        this(client, features, events, condition, Heartbeat.INTERVAL);
    }

    InformedCluster(KubernetesClient client, Features features, Events events, ClusterCondition condition, Duration heartbeat) {
        this.events = events;
        this.condition = condition;
        this.heartbeat = new Heartbeat(client, condition, heartbeat);
        if (features.nativeSidecars() == NativeMode.AUTO) {
            watched.add(Watched.start(NODES, client.nodes().withLimit(PAGE), Node::new, InformedCluster::kubelet,
                    all -> nodes = new KubeletVersions(all),
                    condition));
        }
        if (features.openshift()) {
            watched.add(Watched.start(NAMESPACES, client.namespaces(), Namespace::new, InformedCluster::annotations,
                    all -> namespaces = all, condition));
        }
        watched.add(Watched.start(PROXY_CONFIGS, client.genericKubernetesResources(ProxyConfigs.KIND).inAnyNamespace(),
                GenericKubernetesResource::new, this::proxyConfig, all -> proxyConfigs = ProxyConfigs.byNamespace(all.values()),
                condition));
    }

    /** Waits until everything was seen or is known to stay unseen, but not longer than this; then the rest is no reason to wait any more. */
    public void await(Duration longest) throws InterruptedException {
        condition.await(longest.toMillis());
    }

    /** The view for a mesh whose root namespace is this one; it shows what is known at each moment. */
    public ClusterView view(String rootNamespace) {
        return new View(rootNamespace);
    }

    @Override
    public void close() {
        heartbeat.close();
        watched.forEach(Watched::close);
    }

    private static String kubelet(Node node) {
        if (node.getStatus() == null || node.getStatus().getNodeInfo() == null) {
            return "";
        }
        // One text for all nodes of a version.
        String version = node.getStatus().getNodeInfo().getKubeletVersion();
        return version == null ? "" : version.intern();
    }

    private static Map<String, String> annotations(Namespace namespace) {
        Map<String, String> kept = new HashMap<>();
        Map<String, String> all = namespace.getMetadata().getAnnotations();
        if (all != null) {
            all.forEach((name, value) -> {
                if (name.startsWith(OPENSHIFT)) {
                    kept.put(name, value);
                }
            });
        }
        return Map.copyOf(kept);
    }

    private @Nullable ObjectNode proxyConfig(GenericKubernetesResource resource) {
        ObjectNode tree = ProxyConfigs.tree(resource);
        String problem = EffectiveProxyConfig.problem(tree);
        if (problem == null) {
            return tree;
        }
        ObjectMeta metadata = resource.getMetadata();
        LOG.warn("The ProxyConfig {}/{} cannot be used: {}; what it said before stays in force", metadata.getNamespace(),
                metadata.getName(), problem);
        events.report(new ObjectReferenceBuilder().withApiVersion("networking.istio.io/v1beta1").withKind("ProxyConfig")
                .withNamespace(metadata.getNamespace()).withName(metadata.getName()).withUid(metadata.getUid()).build(),
                Events.Type.WARNING, "ProxyConfigRejected", "Not used: " + problem + "; what it said before stays in force");
        return null;
    }

    private final class View implements ClusterView {
        private final String root;

        View(String root) {
            this.root = root;
        }

        @Override
        public @Nullable Map<String, String> nodes() {
            return nodes;
        }

        @Override
        public @Nullable Map<String, String> namespaceAnnotations(String namespace) {
            Map<String, Map<String, String>> known = namespaces;
            return known == null ? null : known.get(namespace);
        }

        @Override
        public List<ObjectNode> proxyConfigs(String namespace) {
            Map<String, List<ObjectNode>> known = proxyConfigs;
            List<ObjectNode> own = known.getOrDefault(namespace, List.of());
            List<ObjectNode> ofRoot = namespace.equals(root) ? List.of() : known.getOrDefault(root, List.of());
            if (ofRoot.isEmpty()) {
                return own;
            }
            return own.isEmpty() ? ofRoot : Stream.concat(ofRoot.stream(), own.stream()).toList();
        }
    }
}
