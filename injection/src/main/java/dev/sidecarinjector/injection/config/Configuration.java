package dev.sidecarinjector.injection.config;

import dev.sidecarinjector.gotemplate.Coverage;
import dev.sidecarinjector.injection.render.TemplateFunctions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that an operator configures, parsed and checked together.
 *
 * @param inject   the injector's own configuration with its templates
 * @param values   the values that templates read
 * @param mesh     mesh-wide settings
 * @param features switches from the environment and the command line
 * @param warnings what the operator should know, one line each
 */
public record Configuration(InjectConfig inject, Values values, MeshConfig mesh, Features features, List<String> warnings) {
    public Configuration {
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads the three texts of the peer's ConfigMaps.
     *
     * @param config text of the key {@code config}
     * @param values text of the key {@code values}
     * @param mesh   text of the key {@code mesh}; empty for the built-in defaults
     * @throws ConfigurationException where one of them cannot be used; then nothing of the others is
     */
    public static Configuration load(String config, String values, String mesh, Features features) {
        return load(config, Values.parse(values), mesh, features);
    }

    /** The same with values that were read, and perhaps checked, before. */
    public static Configuration load(String config, Values values, String mesh, Features features) {
        return load(config, values, mesh, features, null);
    }

    /** The same, and the branches of the templates that are rendered are counted. */
    public static Configuration load(String config, Values values, String mesh, Features features, @Nullable Coverage coverage) {
        List<String> warnings = new ArrayList<>();
        List<String> unknown = new ArrayList<>();
        InjectConfig inject = InjectConfigReader.read(config, TemplateFunctions.all(features.environment()), coverage, warnings);
        MeshConfig meshConfig = MeshConfig.parse(mesh, unknown);
        unknown.forEach(path -> warnings.add("mesh: the field " + path + " is not known and is ignored"));
        warnings.addAll(values.warnings());
        if (values.tree().path("global").path("tag").isNumber()) {
            warnings.add("values: global.tag is a number and is printed as " + values.text("global", "tag") + "; put it in quotes");
        }
        return new Configuration(inject, values, meshConfig, features, warnings);
    }
}
