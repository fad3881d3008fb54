package dev.sidecarinjector.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sidecarinjector.fixtures.YamlTrees;
import dev.sidecarinjector.injection.Injection;
import dev.sidecarinjector.injection.InjectionContext;
import dev.sidecarinjector.injection.InjectionContext.View;
import dev.sidecarinjector.injection.Injector;
import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.Features;
import dev.sidecarinjector.injection.config.Features.NativeMode;
import dev.sidecarinjector.injection.config.ProxyConfig;
import dev.sidecarinjector.templates.ShippedTemplates;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The engine with one small template, for a look at a single rule from outside. A variant of a trial is another trial.
 *
 * @param templates by name
 * @param settings  the rest of the injector's config, as members of a JSON object
 */
record Trial(Map<String, String> templates, ObjectNode settings, String values, String mesh, Features features, View view,
        @Nullable Map<String, String> nodes, Map<String, String> proxyEnv) {
    /** No mesh settings at all: then there is no status port either. A product always has them, some rows of the tables do not. */
    static final String NO_MESH = "# none";
    /** Not native, so that a template's own lists are where things happen. */
    private static final Features PLAIN = new Features(NativeMode.OFF, "", false, "default", Map.of());

    private static Configuration withoutStatusPort(Configuration loaded) {
        ProxyConfig proxyConfig = ProxyConfig.defaults().apply("statusPort: 0");
        return new Configuration(loaded.inject(), loaded.values(), loaded.mesh().withDefaultConfig(proxyConfig), loaded.features(),
                loaded.warnings());
    }

    /** The template {@code sidecar} with this text. */
    static Trial of(String template) {
        return new Trial(Map.of("sidecar", template), ConformanceData.JSON.createObjectNode().put("policy", "enabled"),
                ShippedTemplates.values(),
                ShippedTemplates.mesh(), PLAIN, View.WEBHOOK, null, Map.of());
    }

    /** The shipped sidecar. */
    static Trial shipped() {
        return of(ShippedTemplates.template("sidecar"));
    }

    /** A template that prints an expression into the annotation {@code out}, see {@link #printed}. */
    static Trial printing(String expression) {
        return of("metadata:\n  annotations:\n    out: {{ printf \"%v\" (" + expression + ") | quote }}\n");
    }

    Trial templates(Map<String, String> others) {
        return new Trial(others, settings, values, mesh, features, view, nodes, proxyEnv);
    }

    /** Other members of the config; given as YAML. */
    Trial settings(String yaml) {
        ObjectNode merged = settings.deepCopy();
        merged.setAll((ObjectNode) YamlTrees.read(yaml));
        return new Trial(templates, merged, values, mesh, features, view, nodes, proxyEnv);
    }

    Trial values(String text) {
        return new Trial(templates, settings, text, mesh, features, view, nodes, proxyEnv);
    }

    Trial mesh(String text) {
        return new Trial(templates, settings, values, text, features, view, nodes, proxyEnv);
    }

    Trial features(Features others) {
        return new Trial(templates, settings, values, mesh, others, view, nodes, proxyEnv);
    }

    Trial nativeSidecars(NativeMode mode) {
        return features(new Features(mode, "", false, "default", Map.of()));
    }

    Trial view(View other) {
        return new Trial(templates, settings, values, mesh, features, other, nodes, proxyEnv);
    }

    Trial nodes(Map<String, String> kubelets) {
        return new Trial(templates, settings, values, mesh, features, view, kubelets, proxyEnv);
    }

    Trial proxyEnv(Map<String, String> variables) {
        return new Trial(templates, settings, values, mesh, features, view, nodes, variables);
    }

    Injector injector() {
        ObjectNode config = settings.deepCopy();
        ObjectNode texts = config.putObject("templates");
        templates.forEach(texts::put);
        Configuration loaded = Configuration.load(config.toString(), values, mesh, features);
        return new Injector(mesh.equals(NO_MESH) ? withoutStatusPort(loaded) : loaded);
    }

    /** Injects in a request of this namespace. */
    Injection inject(ObjectNode pod, String namespace) {
        return injector().inject(pod, new InjectionContext(view, namespace, null, proxyEnv, nodes, null, List.of()));
    }

    Injection inject(String podYaml) {
        return inject(pod(podYaml), "bakery");
    }

    /** The injected pod; fails with the engine's error where there is none. */
    ObjectNode injected(String podYaml) {
        return injected(pod(podYaml));
    }

    ObjectNode injected(ObjectNode pod) {
        Injection injection = inject(pod, "bakery");
        assertThat(injection.error()).isNull();
        assertThat(injection.pod()).as("the pod, not injected because of " + injection.decision()).isNotNull();
        return injection.pod();
    }

    /** What a {@link #printing} trial printed. */
    String printed(String podYaml) {
        return annotation(injected(podYaml), "out");
    }

    static ObjectNode pod(String yaml) {
        ObjectNode pod = ConformanceData.JSON.createObjectNode().put("apiVersion", "v1").put("kind", "Pod");
        pod.setAll((ObjectNode) YamlTrees.read(yaml));
        return pod;
    }

    static @Nullable String annotation(JsonNode pod, String name) {
        return pod.path("metadata").path("annotations").path(name).asStringOpt().orElse(null);
    }

    /** A container by name, in either list; missing where there is none. */
    static JsonNode container(JsonNode pod, String name) {
        JsonNode container = byName(pod.path("spec").path("containers"), name);
        return container.isMissingNode() ? byName(pod.path("spec").path("initContainers"), name) : container;
    }

    /** An environment variable's value; null where it is not set. */
    static @Nullable String env(JsonNode container, String name) {
        return byName(container.path("env"), name).path("value").asStringOpt().orElse(null);
    }

    static JsonNode byName(JsonNode list, String name) {
        for (JsonNode element : list) {
            if (element.path("name").asString("").equals(name)) {
                return element;
            }
        }
        return ConformanceData.JSON.missingNode();
    }

    static List<String> names(JsonNode list) {
        return list.valueStream().map(element -> element.path("name").asString()).toList();
    }
}
