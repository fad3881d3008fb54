package dev.sidecarinjector.injection.render;

import dev.sidecarinjector.gotemplate.Function;
import java.util.Map;

/** The injector's own template functions (spec section 8); they replace Sprig's of the same name. */
public final class TemplateFunctions {
    private TemplateFunctions() {}

    /**
     * The functions by name.
     *
     * @param environment what {@code env} reads
     */
    public static Map<String, Function> all(Map<String, String> environment) {
        return Map.of();
    }
}
