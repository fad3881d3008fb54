package dev.sidecarinjector.webhook;

import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.injection.config.Features.NativeMode;
import java.util.List;
import java.util.Map;

/** The peer's environment variables (spec section 2.3). */
record Environment(Map<String, String> variables) {
    private static final String NATIVE = "ENABLE_NATIVE_SIDECARS";

    Features features(String revision) {
        return new Features(nativeSidecars(), text("COMPLIANCE_POLICY"), text("PLATFORM").equals("openshift"), revision, variables);
    }

    boolean injectEnabled() {
        return !text("INJECT_ENABLED").equalsIgnoreCase("false");
    }

    /** What the operator should know, one line each. */
    List<String> warnings() {
        return switch (text(NATIVE)) {
            case "", "auto", "true", "false" -> List.of();
            default -> List.of(NATIVE + " is \"" + text(NATIVE) + "\" and counts as false; set it to true, false or auto");
        };
    }

    private NativeMode nativeSidecars() {
        return switch (text(NATIVE)) {
            case "", "auto" -> NativeMode.AUTO;
            case "true" -> NativeMode.ON;
            default -> NativeMode.OFF;
        };
    }

    private String text(String name) {
        return variables.getOrDefault(name, "");
    }
}
