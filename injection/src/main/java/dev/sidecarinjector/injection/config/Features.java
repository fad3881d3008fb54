package dev.sidecarinjector.injection.config;

import java.util.Map;

/**
 * Switches that come from the environment and the command line.
 *
 * @param nativeSidecars   whether the proxy runs as a native sidecar
 * @param compliancePolicy {@code COMPLIANCE_POLICY}, or empty
 * @param openshift        whether {@code PLATFORM} is openshift
 * @param revision         of the control plane; the default one is {@code default} for the webhook and empty for the command line
 * @param environment      the process environment as the template function {@code env} sees it; empty where nobody needs it
 */
public record Features(NativeMode nativeSidecars, String compliancePolicy, boolean openshift, String revision,
        Map<String, String> environment) {
    public Features {
        environment = Map.copyOf(environment);
    }

    /** {@code ENABLE_NATIVE_SIDECARS}. */
    public enum NativeMode {
        ON, OFF, AUTO
    }

    public static final Features DEFAULT = new Features(NativeMode.AUTO, "", false, "default", Map.of());
}
