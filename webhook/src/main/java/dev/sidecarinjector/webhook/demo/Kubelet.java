package dev.sidecarinjector.webhook.demo;

import dev.sidecarinjector.injection.yaml.YamlReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Does a kubelet's part with an injected pod: makes of each container the words that start it, for a shell to read. */
final class Kubelet {
    private Kubelet() {}

    /** Arguments: an injected Deployment's file, the pod's address, and a folder; writes there a file for each container, {@code NAME.sh}. */
    public static void main(String[] args) throws IOException {
        ObjectNode deployment = (ObjectNode) YamlReader.read(Files.readString(Path.of(args[0])));
        Path folder = Files.createDirectories(Path.of(args[2]));
        Map<String, String> fields = Map.of("metadata.name", folder.getFileName().toString(), "metadata.namespace",
                deployment.at("/metadata/namespace").asString(), "status.podIP", args[1]);
        for (String list : new String[]{"initContainers", "containers"}) {
            for (JsonNode container : deployment.at("/spec/template/spec/" + list)) {
                Files.writeString(folder.resolve(container.get("name").asString() + ".sh"), script(container, fields));
            }
        }
    }

    private static String script(JsonNode container, Map<String, String> fields) {
        Map<String, String> variables = new TreeMap<>();
        for (JsonNode variable : container.path("env")) {
            String field = variable.at("/valueFrom/fieldRef/fieldPath").asString("");
            variables.put(variable.get("name").asString(), fields.getOrDefault(field, variable.path("value").asString("")));
        }
        String words = Stream.concat(container.path("command").valueStream(), container.path("args").valueStream())
                .map(word -> " " + quoted(expanded(word.asString(), variables))).collect(Collectors.joining(" \\\n ", "set --", "\n"));
        JsonNode context = container.path("securityContext");
        return "# Made of the injected pod: container " + container.get("name").asString() + ".\n"
                + "user=" + context.path("runAsUser").asInt(0) + " group=" + context.path("runAsGroup").asInt(0) + "\n"
                + variables.entrySet().stream().map(variable -> "export " + variable.getKey() + "=" + quoted(variable.getValue()) + "\n")
                        .collect(Collectors.joining())
                + words;
    }

    private static String expanded(String word, Map<String, String> variables) {
        String text = word;
        for (Map.Entry<String, String> variable : variables.entrySet()) {
            text = text.replace("$(" + variable.getKey() + ")", variable.getValue());
        }
        return text;
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
