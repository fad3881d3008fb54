package dev.sidecarinjector.injection.config;

import dev.sidecarinjector.gotemplate.GoStruct;
import dev.sidecarinjector.gotemplate.Origin;
import dev.sidecarinjector.gotemplate.Stringer;
import dev.sidecarinjector.injection.render.ProtoView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Settings of a proxy: a protobuf message as a tree with lowerCamel names (spec sections 3.2, 8.1). Immutable. */
public final class ProxyConfig {
    static final String METADATA = "proxyMetadata";
    private static final String HEADERS = "proxyHeaders";
    private static final Origin ANNOTATION = new Origin("annotation \"proxy.istio.io/config\"");
    private static final ProtoType TYPE = ProxySchema.type("ProxyConfig");
    private static final ProxyConfig EMPTY = new ProxyConfig(JsonNodeFactory.instance.objectNode(), Origins.NONE);
    private static final ProxyConfig DEFAULTS = builtIn();

    private final ObjectNode tree;
    private final Origins origins;
    private volatile @Nullable String json;
    private volatile @Nullable View view;

    private ProxyConfig(ObjectNode tree, Origins origins) {
        this.tree = tree;
        this.origins = origins;
    }

    /** The built-in defaults (spec section 3.1). */
    public static ProxyConfig defaults() {
        return DEFAULTS;
    }

    /** No setting at all: a layer to start from. */
    static ProxyConfig empty() {
        return EMPTY;
    }

    private static ProxyConfig builtIn() {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        tree.put("configPath", "./etc/istio/proxy").put("binaryPath", "/usr/local/bin/envoy").put("serviceCluster", "istio-proxy");
        tree.put("drainDuration", "45s").put("discoveryAddress", "istiod.istio-system.svc:15012").put("proxyAdminPort", 15000L);
        tree.put("controlPlaneAuthPolicy", "MUTUAL_TLS").put("statNameLength", 189L).put("statusPort", 15020L);
        return new ProxyConfig(tree.put("terminationDrainDuration", "5s"), Origins.NONE);
    }

    /**
     * This config with the fields of a pod's annotation on top (spec 3.2); their texts carry the annotation as their origin.
     *
     * @throws ConfigurationException where the text is no ProxyConfig
     */
    public ProxyConfig apply(String yaml) {
        return apply(ProxyConfigText.parse(yaml).fieldsOrThrow(), false, true);
    }

    /**
     * This config with the fields of an operator's tree on top; with layered, plain scalars with a zero value do not override (spec 3.3, webhook).
     *
     * @throws ConfigurationException where the tree is no ProxyConfig
     */
    public ProxyConfig apply(JsonNode fields, boolean layered) {
        return apply(read(fields, "", new ArrayList<>()), layered, false);
    }

    /** The fields of a tree in canonical form, zeros included; unknown ones are put in the list. */
    static ObjectNode read(JsonNode fields, String path, List<String> unknown) {
        return fields.isNull() || fields.isMissingNode()
                ? JsonNodeFactory.instance.objectNode()
                : new ProtoReader(unknown).message(fields, TYPE, path, true);
    }

    /** This config with a layer on top as the webhook does it; who wrote which text is carried over. */
    ProxyConfig overlay(ProxyConfig layer) {
        return merge(layer.tree, true, layer.origins);
    }

    /** @param patch what {@link #read} gave */
    ProxyConfig apply(ObjectNode patch, boolean layered, boolean fromAnnotation) {
        if (!fromAnnotation) {
            return merge(patch, layered, Origins.NONE);
        }
        Set<String> keys = patch.get(METADATA) == null ? Set.of() : Set.copyOf(patch.get(METADATA).propertyNames());
        return merge(patch, layered, new Origins(ANNOTATION, Set.copyOf(patch.propertyNames()), keys));
    }

    private ProxyConfig merge(ObjectNode patch, boolean layered, Origins patchOrigins) {
        if (patch.isEmpty()) {
            return this;
        }
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        Set<String> fields = new HashSet<>(origins.fields() == null ? Set.of() : origins.fields());
        Set<String> keys = new HashSet<>(origins.metadata());
        for (ProtoField field : TYPE.fields()) {
            String name = field.name();
            JsonNode old = tree.get(name);
            JsonNode fresh = patch.get(name);
            boolean zero = fresh != null && !field.hasPresence() && ProtoReader.isZero(fresh);
            if (fresh == null || (zero && (layered || name.equals(METADATA)))) {
                if (old != null && !hasRival(patch, field)) {
                    out.set(name, old);
                }
                continue;
            }
            if (patchOrigins.of(name) != null) {
                fields.add(name);
            } else if (!name.equals(HEADERS)) {
                fields.remove(name);
            }
            if (name.equals(METADATA)) {
                fresh.propertyNames().forEach(keys::remove);
                keys.addAll(patchOrigins.metadata());
                fields.remove(name);
            }
            if (!zero) {
                out.set(name, merged(name, old, fresh));
            }
        }
        boolean plain = fields.isEmpty() && keys.isEmpty();
        return new ProxyConfig(out, plain ? Origins.NONE : new Origins(ANNOTATION, Set.copyOf(fields), Set.copyOf(keys)));
    }

    private static boolean hasRival(ObjectNode patch, ProtoField field) {
        return field.oneof() != null && (patch.has("serviceCluster") || patch.has("tracingServiceName"));
    }

    /** A field's new value: it replaces the old one, but metadata are merged by key and headers by sub-field. */
    private static JsonNode merged(String name, @Nullable JsonNode old, JsonNode fresh) {
        if (old == null) {
            return fresh;
        }
        return switch (name) {
            case METADATA -> {
                Map<String, JsonNode> all = new TreeMap<>();
                old.properties().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
                fresh.properties().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
                yield JsonNodeFactory.instance.objectNode().setAll(all);
            }
            case HEADERS -> {
                ObjectNode all = JsonNodeFactory.instance.objectNode();
                for (ProtoField field : ProxySchema.type("ProxyHeaders").fields()) {
                    JsonNode value = fresh.has(field.name()) ? fresh.get(field.name()) : old.get(field.name());
                    if (value != null) {
                        all.set(field.name(), value);
                    }
                }
                yield all;
            }
            default -> fresh;
        };
    }

    /** All set fields in declaration order; not to be modified. */
    public ObjectNode tree() {
        return tree;
    }

    /** {@code protoToJSON} (spec 8.1): canonical JSON of what differs from the defaults, computed once. */
    public String cleanJson() {
        String text = json;
        if (text == null) {
            text = ProtoJson.text(withoutDefaults(tree));
            json = text;
        }
        return text;
    }

    private static ObjectNode withoutDefaults(ObjectNode tree) {
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        for (Map.Entry<String, JsonNode> entry : tree.properties()) {
            if (!entry.getValue().equals(DEFAULTS.tree.get(entry.getKey()))) {
                out.set(entry.getKey(), entry.getValue());
            }
        }
        return out;
    }

    /** The pod's annotation where a part of this config came from it, else null. */
    public @Nullable Origin origin() {
        return origins.any();
    }

    /** 0 when unset. */
    public int statusPort() {
        return tree.path("statusPort").asInt(0);
    }

    /** {@code REDIRECT}, {@code TPROXY} or {@code NONE}; the number where it is none of these. */
    public String interceptionMode() {
        return EnumView.of(ProxySchema.enumeration("InboundInterceptionMode"), tree.get("interceptionMode")).name();
    }

    public boolean holdApplicationUntilProxyStarts() {
        return tree.path("holdApplicationUntilProxyStarts").asBoolean(false);
    }

    public Map<String, String> proxyMetadata() {
        Map<String, String> out = new LinkedHashMap<>();
        tree.path(METADATA).properties().forEach(entry -> out.put(entry.getKey(), entry.getValue().asString()));
        return out;
    }

    /** {@code image.imageType}, or empty. */
    public String imageType() {
        return tree.path("image").path("imageType").asString("");
    }

    /** As templates see it: fields in Go spelling and nil-safe getters; texts of the pod's annotation carry their origin. */
    public GoStruct go() {
        View known = view;
        if (known == null) {
            known = new View(this, new MessageView(TYPE, tree, origins));
            view = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return ProtoJson.text(tree);
    }

    /** What {@link #go} gives; functions find their way back to the config by it. */
    public record View(ProxyConfig config, GoStruct message) implements ProtoView, Stringer {
        @Override
        public String json() {
            return config.cleanJson();
        }

        @Override
        public @Nullable Origin origin() {
            return config.origin();
        }

        @Override
        public @Nullable Object member(String name) {
            return message.member(name);
        }

        @Override
        public String goType() {
            return message.goType();
        }

        @Override
        public String goString() {
            return config.toString();
        }
    }
}
