package dev.sidecarinjector.injection;

import dev.sidecarinjector.gotemplate.Template;
import dev.sidecarinjector.injection.config.InjectConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Which templates a pod gets (spec section 10.1): those that its annotation names, or the default ones; aliases stand for several. */
final class TemplateChoice {
    private static final String ANNOTATION = "inject.istio.io/templates";
    private static final List<String> COMMAND_LINE_DEFAULT = List.of("sidecar");

    private TemplateChoice() {}

    /** A template under its name. */
    record Named(String name, Template template) {}

    /**
     * The templates in their order; one may stand several times.
     *
     * @throws InjectionException TEMPLATE_NOT_FOUND
     */
    static List<Named> of(JsonNode pod, InjectionContext.View view, InjectConfig config) {
        boolean commandLine = view == InjectionContext.View.COMMAND_LINE;
        JsonNode wanted = pod.path("metadata").path("annotations").path(ANNOTATION);
        List<String> names = wanted.isString()
                ? split(wanted.stringValue())
                : commandLine ? COMMAND_LINE_DEFAULT : config.defaultTemplates();
        List<Named> chosen = new ArrayList<>(names.size());
        for (String name : names) {
            for (String real : commandLine ? List.of(name) : config.aliases().getOrDefault(name, List.of(name))) {
                chosen.add(new Named(real, find(real, config)));
            }
        }
        return chosen;
    }

    private static List<String> split(String list) {
        List<String> names = new ArrayList<>();
        for (String part : list.split(",", -1)) {
            names.add(part.strip());
        }
        return names;
    }

    private static Template find(String name, InjectConfig config) {
        Template template = config.templates().get(name);
        if (template == null) {
            throw new InjectionException(Reason.TEMPLATE_NOT_FOUND, "requested template \"" + name + "\" not found; have "
                    + String.join(", ", new TreeSet<>(config.templates().keySet())));
        }
        return template;
    }
}
