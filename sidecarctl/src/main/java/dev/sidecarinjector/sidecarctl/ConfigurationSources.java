package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.ConfigurationException;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.injection.yaml.YamlException;
import dev.sidecarinjector.injection.yaml.YamlReader;
import dev.sidecarinjector.templates.ShippedTemplates;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the configuration (spec 17.2): each part from its file, else from the cluster if one is configured, else from what ships. A cluster is
 * asked only for parts that no file gives.
 */
final class ConfigurationSources implements AutoCloseable {
    private static final String INJECTOR_CONFIG_MAP = "istio-sidecar-injector";
    private static final String MESH_CONFIG_MAP = "istio";

    private final ConfigurationFlags flags;
    private final ClusterFlags clusterFlags;
    private final Environment environment;
    private final List<String> notices;
    private final @Nullable OperatorFile operator;
    private @Nullable Cluster cluster;
    private boolean clusterSought;

    /** @param notices collects what the user should know */
    ConfigurationSources(ConfigurationFlags flags, ClusterFlags clusterFlags, Environment environment, List<String> notices) {
        this.flags = flags;
        this.clusterFlags = clusterFlags;
        this.environment = environment;
        this.notices = notices;
        operator = flags.operatorFile == null ? null : new OperatorFile(flags.operatorFile, Input.text(flags.operatorFile, environment));
    }

    PodInjection injection() {
        Cluster.Webhook webhook = flags.injectConfigFile == null ? webhook() : null;
        if (webhook != null) {
            return new RemoteInjection(webhook, JsonMapper.shared());
        }
        Features features = environment.features(flags.revisionOrEmpty(), notices);
        try {
            Configuration configuration = Configuration.load(config(), values(), mesh(), features);
            configuration.warnings().forEach(notices::add);
            return new LocalInjection(new Injector(configuration), nodes(features));
        } catch (ConfigurationException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    private Cluster.@Nullable Webhook webhook() {
        Cluster found = flags.injectConfigMap == null ? cluster() : null;
        return found == null ? null : found.webhook(flags.revisionOrEmpty());
    }

    private String config() {
        if (flags.injectConfigFile != null) {
            return config(Input.text(flags.injectConfigFile, environment));
        }
        Cluster found = cluster();
        return found == null ? ShippedTemplates.config() : found.configMapValue(injectorConfigMap(), "config");
    }

    /** A file that is no configuration with templates is the sidecar template itself. */
    private static String config(String text) {
        try {
            JsonNode templates = YamlReader.read(text).path("templates");
            if (templates instanceof ObjectNode object && !object.isEmpty()) {
                return text;
            }
        } catch (YamlException _) {
            // a template need not be YAML before it is rendered
        }
        ObjectNode config = JsonNodeFactory.instance.objectNode().put("policy", "enabled");
        config.putObject("templates").put("sidecar", text);
        return config.toString();
    }

    private String values() {
        if (operator != null) {
            return flags.injectConfigFile == null ? operator.valuesOver(ShippedTemplates.values()) : operator.valuesOverProfile();
        }
        if (flags.valuesFile != null) {
            return Input.text(flags.valuesFile, environment);
        }
        Cluster found = cluster();
        return found == null ? ShippedTemplates.values() : found.configMapValue(injectorConfigMap(), "values");
    }

    private String mesh() {
        String mesh = operator == null ? null : operator.mesh();
        if (mesh != null) {
            return mesh;
        }
        if (flags.meshConfigFile != null) {
            return Input.text(flags.meshConfigFile, environment);
        }
        Cluster found = cluster();
        return found == null
                ? ShippedTemplates.mesh()
                : found.configMapValue(ofRevision(flags.meshConfigMap == null ? MESH_CONFIG_MAP : flags.meshConfigMap), "mesh");
    }

    private String injectorConfigMap() {
        return ofRevision(flags.injectConfigMap == null ? INJECTOR_CONFIG_MAP : flags.injectConfigMap);
    }

    private String ofRevision(String name) {
        return flags.revisionOrEmpty().isEmpty() ? name : name + "-" + flags.revisionOrEmpty();
    }

    private @Nullable Map<String, String> nodes(Features features) {
        if (environment.nodes() != null || features.nativeSidecars() != Features.NativeMode.AUTO || cluster == null) {
            return environment.nodes();
        }
        return cluster.nodes();
    }

    /** Null where none is configured; then the user must not have asked for one. */
    private @Nullable Cluster cluster() {
        if (!clusterSought && !clusterFlags.offline) {
            clusterSought = true;
            cluster = environment.clusters().connect(clusterFlags.settings(environment));
            if (cluster == null && (clusterFlags.asked() || flags.injectConfigMap != null || flags.meshConfigMap != null)) {
                throw new CommandFailure("no cluster is configured (no kubeconfig was found); name one with --kubeconfig, or give "
                        + "--injectConfigFile, --valuesFile and --meshConfigFile, or use --offline");
            }
        }
        return cluster;
    }

    @Override
    public void close() {
        if (cluster != null) {
            cluster.close();
        }
    }
}
