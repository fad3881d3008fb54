package dev.sidecarinjector.injection.config;

import dev.sidecarinjector.gotemplate.Template;
import java.util.List;
import java.util.Map;

/**
 * The injector's own configuration (spec: the ConfigMap key {@code config}).
 *
 * @param policy              {@code enabled}, {@code disabled}, or another text, which means never
 * @param defaultTemplates    names of the templates for pods that ask for none
 * @param templates           parsed templates by name
 * @param aliases             names that stand for several templates
 * @param neverInjectSelector selectors that exclude
 * @param alwaysInjectSelector selectors that include
 * @param injectedAnnotations written last
 */
public record InjectConfig(String policy, List<String> defaultTemplates, Map<String, Template> templates,
        Map<String, List<String>> aliases, List<LabelSelector> neverInjectSelector, List<LabelSelector> alwaysInjectSelector,
        Map<String, String> injectedAnnotations) {
    public InjectConfig {
        defaultTemplates = List.copyOf(defaultTemplates);
        neverInjectSelector = List.copyOf(neverInjectSelector);
        alwaysInjectSelector = List.copyOf(alwaysInjectSelector);
    }
}
