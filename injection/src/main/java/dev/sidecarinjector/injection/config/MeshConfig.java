package dev.sidecarinjector.injection.config;

import dev.sidecarinjector.gotemplate.GoStruct;

/** Mesh-wide settings merged over the built-in defaults (spec section 3.1). Immutable. */
public final class MeshConfig {
    /** The built-in defaults with nothing on top. */
    public static MeshConfig defaults() {
        throw new UnsupportedOperationException();
    }

    /** Merges a mesh text over the defaults. */
    public static MeshConfig parse(String yaml) {
        throw new UnsupportedOperationException();
    }

    public ProxyConfig defaultConfig() {
        throw new UnsupportedOperationException();
    }

    /** This mesh with another default proxy config (the command line applies the pod's annotation to it). */
    public MeshConfig withDefaultConfig(ProxyConfig proxyConfig) {
        throw new UnsupportedOperationException();
    }

    public String rootNamespace() {
        throw new UnsupportedOperationException();
    }

    public boolean enablePrometheusMerge() {
        throw new UnsupportedOperationException();
    }

    /** {@code localhost} or {@code passthrough}. */
    public String inboundTrafficPolicyMode() {
        throw new UnsupportedOperationException();
    }

    /** Whether an OpenTelemetry provider asks for {@code OTEL_SEMANTIC_CONVENTIONS}. */
    public boolean otelSemanticConventions() {
        throw new UnsupportedOperationException();
    }

    /** As templates see it. */
    public GoStruct go() {
        throw new UnsupportedOperationException();
    }
}
