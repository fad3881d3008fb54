package dev.sidecarinjector.e2e.path;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What a kubelet reads of a container when it starts it.
 *
 * @param fields what a fieldRef of it means, by path
 */
record ContainerSpec(JsonNode tree, Map<String, String> fields) {
    Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        for (JsonNode variable : tree.path("env")) {
            JsonNode field = variable.at("/valueFrom/fieldRef/fieldPath");
            variables.put(variable.get("name").asString(),
                    field.isMissingNode() ? variable.path("value").asString("") : fields.getOrDefault(field.asString(), ""));
        }
        return variables;
    }

    List<String> command() {
        return tree.path("command").valueStream().map(JsonNode::asString).toList();
    }

    /** Arguments, with variables in them replaced. */
    List<String> arguments() {
        List<String> arguments = new ArrayList<>();
        for (JsonNode argument : tree.path("args")) {
            String text = argument.asString();
            for (Map.Entry<String, String> variable : variables().entrySet()) {
                text = text.replace("$(" + variable.getKey() + ")", variable.getValue());
            }
            arguments.add(text);
        }
        return arguments;
    }

    /** The command of a hook, in which a kubelet replaces nothing. */
    List<String> hook(String name) {
        return tree.at("/lifecycle/" + name + "/exec/command").valueStream().map(JsonNode::asString).toList();
    }

    /** The words before a program that make it run as this container's user, with its capabilities and no others. */
    List<String> confinement() {
        JsonNode context = tree.path("securityContext");
        if (!context.at("/capabilities/drop").valueStream().map(JsonNode::asString).toList().equals(List.of("ALL"))) {
            throw new IllegalStateException("a container that keeps the runtime's own capabilities is not imitated here: " + context);
        }
        String capabilities = Stream
                .concat(Stream.of("-all"), context.at("/capabilities/add").valueStream().map(name -> "+" + name.asString()))
                .collect(Collectors.joining(",")).toLowerCase(Locale.ROOT);
        return List.of("setpriv", "--reuid=" + context.get("runAsUser").asInt(), "--regid=" + context.get("runAsGroup").asInt(),
                "--clear-groups", "--inh-caps=-all", "--bounding-set=" + capabilities, "--no-new-privs");
    }
}
