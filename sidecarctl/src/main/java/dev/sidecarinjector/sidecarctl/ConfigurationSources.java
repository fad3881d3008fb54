package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.ConfigurationException;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.injection.config.Values;
import dev.sidecarinjector.injection.jsonschema.JsonSchema;
import dev.sidecarinjector.injection.yaml.YamlException;
import dev.sidecarinjector.injection.yaml.YamlReader;
import dev.sidecarinjector.templates.ShippedTemplates;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds the configuration (spec 17.2): each part from its file, else from the cluster if one is configured, else from what ships. A cluster is
 * asked only for parts that no file gives.
 */
final class ConfigurationSources implements AutoCloseable {
    private final Arguments arguments;
    private final Environment environment;
    private final Messages messages;
    private final @Nullable OperatorFile operator;
    private @Nullable Cluster cluster;
    private boolean clusterSought;

    /** @param messages takes what the user should know */
    ConfigurationSources(Arguments arguments, Environment environment, Messages messages) {
        this.arguments = arguments;
        this.environment = environment;
        this.messages = messages;
        String operatorFile = arguments.given(Flag.OPERATOR_FILE);
        operator = operatorFile == null ? null : new OperatorFile(operatorFile, Input.text(operatorFile, environment));
    }

    /** What injects: with files alone at once, with a cluster when the first pod comes, so that nothing is asked of it where there is none. */
    PodInjection injection() {
        return needsCluster() && cluster() != null ? new LateInjection(this::fromCluster) : local();
    }

    private boolean needsCluster() {
        boolean values = operator == null && arguments.given(Flag.VALUES_FILE) == null;
        boolean mesh = (operator == null || operator.mesh() == null) && arguments.given(Flag.MESH_CONFIG_FILE) == null;
        return !arguments.has(Flag.OFFLINE) && (arguments.given(Flag.INJECT_CONFIG_FILE) == null || values || mesh);
    }

    private PodInjection fromCluster() {
        boolean asksWebhook = arguments.given(Flag.INJECT_CONFIG_FILE) == null && arguments.given(Flag.INJECT_CONFIG_MAP) == null;
        Cluster found = asksWebhook ? cluster() : null;
        Cluster.Webhook webhook = found == null ? null : found.webhook(arguments.revision());
        return webhook == null ? local() : new WebhookFirst(new RemoteInjection(webhook, JsonMapper.shared()), this::local, messages);
    }

    private PodInjection local() {
        Injector injector = injector();
        return new LocalInjection(injector, nodes(injector.configuration().features()), proxyConfigs(injector));
    }

    /** Those of the cluster that is used when they are wanted. */
    ProxyConfigs proxyConfigs(Injector injector) {
        return new ProxyConfigs(() -> cluster, injector.configuration().mesh().rootNamespace(), messages);
    }

    /** The engine with the configuration of files, of the cluster's ConfigMaps, or with what ships. */
    Injector injector() {
        List<String> warnings = new ArrayList<>();
        Features features = Features.of(environment.variables(), arguments.revision(), warnings::add);
        try {
            Configuration configuration = Configuration.load(config(), values(), mesh(), features);
            warnings.addAll(configuration.warnings());
            warnings.forEach(messages::notice);
            return new Injector(configuration);
        } catch (ConfigurationException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    private String config() {
        String file = arguments.given(Flag.INJECT_CONFIG_FILE);
        if (file != null) {
            return config(Input.text(file, environment));
        }
        Cluster found = cluster();
        return found == null ? ShippedTemplates.config() : found.configMapValue(injectorConfigMap(), "config");
    }

    /** A file that is no configuration with templates is the sidecar template itself. */
    private static String config(String text) {
        try {
            if (YamlReader.read(text) instanceof ObjectNode config && config.path("templates").isObject()
                    && !config.path("templates").isEmpty()) {
                // The policy has no say on the command line, so a missing one is nothing to warn about.
                return config.has("policy") ? text : config.put("policy", "enabled").toString();
            }
        } catch (YamlException _) {
            // a template need not be YAML before it is rendered
        }
        ObjectNode config = JsonNodeFactory.instance.objectNode().put("policy", "enabled");
        config.putObject("templates").put("sidecar", text);
        return config.toString();
    }

    private Values values() {
        if (operator != null) {
            return checked(arguments.given(Flag.INJECT_CONFIG_FILE) == null
                    ? operator.valuesOver(ShippedTemplates.values())
                    : operator.valuesOverProfile(), arguments.value(Flag.OPERATOR_FILE));
        }
        String file = arguments.given(Flag.VALUES_FILE);
        if (file != null) {
            return checked(Input.text(file, environment), file);
        }
        Cluster found = cluster();
        // What ships fits, which a test has seen; no start has to see it again.
        return found == null
                ? Values.parse(ShippedTemplates.values())
                : checked(found.configMapValue(injectorConfigMap(), "values"), "the ConfigMap " + injectorConfigMap());
    }

    private static Values checked(String text, String place) {
        try {
            return Values.parse(text, JsonSchema.parse(ShippedTemplates.valuesSchema()));
        } catch (ConfigurationException e) {
            throw new CommandFailure(e.getMessage() + " (in " + place + ")");
        }
    }

    private String mesh() {
        String mesh = operator == null ? null : operator.mesh();
        if (mesh != null) {
            return mesh;
        }
        String file = arguments.given(Flag.MESH_CONFIG_FILE);
        if (file != null) {
            return Input.text(file, environment);
        }
        Cluster found = cluster();
        return found == null
                ? ShippedTemplates.mesh()
                : found.configMapValue(ofRevision(arguments.value(Flag.MESH_CONFIG_MAP)), "mesh");
    }

    private String injectorConfigMap() {
        return ofRevision(arguments.value(Flag.INJECT_CONFIG_MAP));
    }

    private String ofRevision(String name) {
        return arguments.revision().isEmpty() ? name : name + "-" + arguments.revision();
    }

    /** Kubelet versions by node name, where a cluster is used anyway and their versions decide; else null. */
    @Nullable
    Map<String, String> nodes(Features features) {
        if (environment.nodes() != null || features.nativeSidecars() != Features.NativeMode.AUTO || cluster == null) {
            return environment.nodes();
        }
        return cluster.nodes();
    }

    /** Null where none is configured; then the user must not have asked for one. */
    @Nullable
    Cluster cluster() {
        if (!clusterSought && !arguments.has(Flag.OFFLINE)) {
            clusterSought = true;
            cluster = environment.clusters().connect(settings());
            if (cluster == null && arguments.nameCluster()) {
                throw new CommandFailure("no cluster is configured (no kubeconfig was found); name one with --kubeconfig, or give "
                        + "--injectConfigFile, --valuesFile and --meshConfigFile, or use --offline");
            }
        }
        return cluster;
    }

    private ClusterSettings settings() {
        String kubeconfig = arguments.given(Flag.KUBECONFIG);
        return new ClusterSettings(kubeconfig == null ? null : environment.file(kubeconfig), arguments.given(Flag.CONTEXT),
                arguments.given(Flag.CLUSTER), arguments.given(Flag.USER), arguments.given(Flag.AS), arguments.value(Flag.ISTIO_NAMESPACE),
                arguments.given(Flag.XDS_ADDRESS), environment.variables());
    }

    @Override
    public void close() {
        if (cluster != null) {
            cluster.close();
        }
    }
}
