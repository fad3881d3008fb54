package dev.sidecarinjector.injection.config;

import dev.sidecarinjector.gotemplate.GoStruct;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Settings of a proxy: a protobuf message as a tree with lowerCamel names (spec sections 3.2, 8.1). Immutable. */
public final class ProxyConfig {
    /** The built-in defaults. */
    public static ProxyConfig defaults() {
        throw new UnsupportedOperationException();
    }

    /**
     * This config with the fields of a YAML text on top (spec 3.2).
     *
     * @throws ConfigurationException where the text is no ProxyConfig
     */
    public ProxyConfig apply(String yaml) {
        throw new UnsupportedOperationException();
    }

    /** This config with the fields of a tree on top; with layered, plain scalars with a zero value do not override (spec 3.3, webhook). */
    public ProxyConfig apply(JsonNode fields, boolean layered) {
        throw new UnsupportedOperationException();
    }

    /** All set fields in declaration order; not to be modified. */
    public ObjectNode tree() {
        throw new UnsupportedOperationException();
    }

    /** {@code protoToJSON} (spec 8.1): canonical JSON of what differs from the defaults, computed once. */
    public String cleanJson() {
        throw new UnsupportedOperationException();
    }

    /** 0 when unset. */
    public int statusPort() {
        throw new UnsupportedOperationException();
    }

    /** {@code REDIRECT}, {@code TPROXY} or {@code NONE}. */
    public String interceptionMode() {
        throw new UnsupportedOperationException();
    }

    public boolean holdApplicationUntilProxyStarts() {
        throw new UnsupportedOperationException();
    }

    public Map<String, String> proxyMetadata() {
        throw new UnsupportedOperationException();
    }

    /** {@code image.imageType}, or empty. */
    public String imageType() {
        throw new UnsupportedOperationException();
    }

    /** As templates see it: fields in Go spelling and nil-safe getters; nothing in it carries an origin. */
    public GoStruct go() {
        throw new UnsupportedOperationException();
    }
}
