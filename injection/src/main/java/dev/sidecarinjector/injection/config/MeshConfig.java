package dev.sidecarinjector.injection.config;

import dev.sidecarinjector.gotemplate.GoStruct;
import dev.sidecarinjector.injection.yaml.YamlException;
import dev.sidecarinjector.injection.yaml.YamlReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Mesh-wide settings merged over the built-in defaults (spec section 3.1). Immutable. */
public final class MeshConfig {
    private static final int MAX_KEPT = 256;
    private static final int MAX_CHARS = 8192;
    private static final ProtoType TYPE = ProxySchema.type("MeshConfig");
    private static final MeshConfig DEFAULTS = new MeshConfig(builtIn(), ProxyConfig.defaults());

    private final ObjectNode tree;
    private final ProxyConfig defaultConfig;
    private final ProxyConfig webhookBase;
    private final MeshView view;
    private final boolean otel;
    private final Map<String, ProxyConfig> webhookConfigs = new ConcurrentHashMap<>();
    private final Map<String, ProxyConfig> commandLineConfigs = new ConcurrentHashMap<>();

    /** @param tree without {@code defaultConfig} */
    private MeshConfig(ObjectNode tree, ProxyConfig defaultConfig) {
        this.tree = tree;
        this.defaultConfig = defaultConfig;
        this.webhookBase = ProxyConfig.defaults().overlay(defaultConfig);
        this.otel = asksForOtel(tree);
        this.view = new MeshView(new MessageView(TYPE, tree, Origins.NONE), defaultConfig, otel);
    }

    private static ObjectNode builtIn() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("proxyListenPort", 15001L).put("proxyInboundListenPort", 15006L).put("connectTimeout", "10s");
        tree.put("ingressClass", "istio").put("ingressService", "istio-ingressgateway").put("ingressControllerMode", "STRICT");
        tree.put("ingressSelector", "ingressgateway").put("enableTracing", true).put("trustDomain", "cluster.local");
        tree.put("rootNamespace", "istio-system").put("dnsRefreshRate", "60s").put("enableAutoMtls", true);
        tree.put("enablePrometheusMerge", true);
        tree.putObject("outboundTrafficPolicy").put("mode", "ALLOW_ANY");
        tree.putObject("inboundTrafficPolicy");
        ArrayNode providers = tree.putArray("extensionProviders");
        providers.addObject().put("name", "prometheus").putObject("prometheus");
        providers.addObject().put("name", "stackdriver").putObject("stackdriver");
        ObjectNode envoy = providers.addObject().put("name", "envoy").putObject("envoyFileAccessLog");
        envoy.put("path", "/dev/stdout");
        return tree;
    }

    /** The built-in defaults with nothing on top. */
    public static MeshConfig defaults() {
        return DEFAULTS;
    }

    /**
     * Merges a mesh text over the defaults.
     *
     * @throws ConfigurationException where it cannot be read or its settings are not valid
     */
    public static MeshConfig parse(String yaml) {
        return parse(yaml, new ArrayList<>());
    }

    /** The same; paths of unknown fields are put in the list. */
    static MeshConfig parse(String yaml, List<String> unknown) {
        try {
            JsonNode read = YamlReader.read(yaml);
            return read.isNull() ? DEFAULTS : merge(new ProtoReader(unknown).message(read, TYPE, "", true), read);
        } catch (YamlException e) {
            throw new ConfigurationException("mesh: line " + e.line() + ", column " + e.column() + ": " + e.getMessage());
        } catch (ConfigurationException e) {
            throw new ConfigurationException("mesh: " + e.getMessage());
        }
    }

    private static MeshConfig merge(ObjectNode patch, JsonNode read) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        for (ProtoField field : TYPE.fields()) {
            JsonNode old = DEFAULTS.tree.get(field.name());
            JsonNode fresh = patch.get(field.name());
            JsonNode value = fresh == null ? old : merged(field.name(), old == null ? JsonNodeFactory.instance.missingNode() : old, fresh);
            if (value != null && !field.name().equals("defaultConfig") && (field.hasPresence() || !ProtoReader.isZero(value))) {
                out.set(field.name(), value);
            }
        }
        JsonNode proxy = read.has("defaultConfig") ? read.get("defaultConfig") : read.path("default_config");
        ProxyConfig proxyConfig = ProxyConfig.defaults()
                .apply(ProxyConfig.read(proxy, "defaultConfig", new ArrayList<>()), false, false);
        List<String> problems = new ArrayList<>(ProxyConfigRules.problems(proxyConfig));
        MeshRules.check(out, problems);
        if (!problems.isEmpty()) {
            throw new ConfigurationException(String.join("; ", problems));
        }
        return new MeshConfig(out, proxyConfig);
    }

    private static JsonNode merged(String name, JsonNode old, JsonNode fresh) {
        return switch (name) {
            case "extensionProviders" -> providers(old, fresh);
            case "defaultProviders" -> JsonNodeFactory.instance.objectNode().setAll(fieldsOf(old)).setAll(fieldsOf(fresh));
            case "trustDomainAliases" -> union(old, fresh);
            default -> fresh;
        };
    }

    private static ObjectNode fieldsOf(JsonNode node) {
        return node instanceof ObjectNode object ? object : JsonNodeFactory.instance.objectNode();
    }

    private static ArrayNode providers(JsonNode old, JsonNode fresh) {
        Map<String, JsonNode> byName = new LinkedHashMap<>();
        old.forEach(provider -> byName.put(provider.path("name").asString(""), provider));
        fresh.forEach(provider -> byName.put(provider.path("name").asString(""), provider));
        return JsonNodeFactory.instance.arrayNode().addAll(byName.values());
    }

    private static ArrayNode union(JsonNode old, JsonNode fresh) {
        TreeSet<String> names = new TreeSet<>();
        old.forEach(name -> names.add(name.stringValue()));
        fresh.forEach(name -> names.add(name.stringValue()));
        ArrayNode out = JsonNodeFactory.instance.arrayNode();
        names.forEach(out::add);
        return out;
    }

    public ProxyConfig defaultConfig() {
        return defaultConfig;
    }

    /** What the webhook starts from: the default config over the built-in one, where a zero cannot override (spec 3.3). */
    ProxyConfig webhookBase() {
        return webhookBase;
    }

    /** The webhook's config for a pod with this annotation and no resources; kept, because pods of one workload share the text. */
    ProxyConfig webhookConfig(String annotation) {
        return kept(webhookConfigs, annotation, text -> webhookBase.overlay(EffectiveProxyConfig.annotationLayer(text)));
    }

    /** The same on the command line, where zeros do override and a text that cannot be read is an error. */
    ProxyConfig commandLineConfig(String annotation) {
        return kept(commandLineConfigs, annotation, defaultConfig::apply);
    }

    private static ProxyConfig kept(Map<String, ProxyConfig> known, String annotation, Function<String, ProxyConfig> make) {
        ProxyConfig config = known.get(annotation);
        if (config == null) {
            config = make.apply(annotation);
            if (known.size() < MAX_KEPT && annotation.length() <= MAX_CHARS) {
                known.put(annotation, config);
            }
        }
        return config;
    }

    /** This mesh with another default proxy config (the command line applies the pod's annotation to it). */
    public MeshConfig withDefaultConfig(ProxyConfig proxyConfig) {
        return proxyConfig.equals(defaultConfig) ? this : new MeshConfig(tree, proxyConfig);
    }

    public String rootNamespace() {
        return tree.path("rootNamespace").asString("");
    }

    public String trustDomain() {
        return tree.path("trustDomain").asString("");
    }

    public boolean enablePrometheusMerge() {
        return tree.path("enablePrometheusMerge").asBoolean(true);
    }

    /** {@code localhost} or {@code passthrough}. */
    public String inboundTrafficPolicyMode() {
        return "LOCALHOST".equals(tree.path("inboundTrafficPolicy").path("mode").asString("")) ? "localhost" : "passthrough";
    }

    /** Whether an OpenTelemetry provider asks for {@code OTEL_SEMANTIC_CONVENTIONS}. */
    public boolean otelSemanticConventions() {
        return otel;
    }

    private static boolean asksForOtel(ObjectNode tree) {
        for (JsonNode provider : tree.path("extensionProviders")) {
            JsonNode otel = provider.path("opentelemetry");
            JsonNode wish = otel.has("serviceAttributeEnrichment")
                    ? otel.get("serviceAttributeEnrichment")
                    : otel.path("service_attribute_enrichment");
            if (wish.asString("").equals("OTEL_SEMANTIC_CONVENTIONS")) {
                return true;
            }
        }
        return false;
    }

    /** As templates see it. */
    public GoStruct go() {
        return view;
    }

    /** The view of the mesh; its member {@code otelSemanticConventions} is no Go field, template functions ask for it. */
    private record MeshView(MessageView message, ProxyConfig defaultConfig, boolean otel) implements GoStruct {
        @Override
        public @Nullable Object member(String name) {
            return switch (name) {
                case "DefaultConfig", "GetDefaultConfig" -> defaultConfig.go();
                case "otelSemanticConventions" -> otel;
                default -> message.member(name);
            };
        }

        @Override
        public String goType() {
            return message.goType();
        }
    }
}
