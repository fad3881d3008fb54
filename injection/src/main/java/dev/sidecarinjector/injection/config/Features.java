package dev.sidecarinjector.injection.config;

import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

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

    /**
     * Reads the peer's environment variables (spec section 2.3).
     *
     * @param warnings is told what cannot be understood and counts as off
     */
    public static Features of(Map<String, String> variables, String revision, Consumer<String> warnings) {
        String mode = variables.getOrDefault("ENABLE_NATIVE_SIDECARS", "");
        NativeMode nativeMode = switch (mode) {
            case "", "auto" -> NativeMode.AUTO;
            case "true" -> NativeMode.ON;
            case "false" -> NativeMode.OFF;
            default -> {
                warnings.accept("ENABLE_NATIVE_SIDECARS is \"" + mode + "\" and counts as false; set it to true, false or auto");
                yield NativeMode.OFF;
            }
        };
        boolean openshift = variables.getOrDefault("PLATFORM", "").toLowerCase(Locale.ROOT).equals("openshift");
        return new Features(nativeMode, variables.getOrDefault("COMPLIANCE_POLICY", ""), openshift, revision, variables);
    }

    /** {@code ENABLE_NATIVE_SIDECARS}. */
    public enum NativeMode {
        ON, OFF, AUTO
    }

    public static final Features DEFAULT = new Features(NativeMode.AUTO, "", false, "default", Map.of());
}
