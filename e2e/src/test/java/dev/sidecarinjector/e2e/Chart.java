package dev.sidecarinjector.e2e;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The chart in the checkout, rendered by Helm's own library. */
final class Chart {
    static final Path FOLDER = Script.root().resolve("charts/sidecar-injector");
    /** The oldest that the chart takes is another; this is the one that the tests run on. */
    private static final String KUBERNETES = "1.34.4";
    private static final KubernetesSerialization YAML = new KubernetesSerialization();
    private static final JsonMapper JSON = new JsonMapper();

    private Chart() {}

    static LintResult lint() {
        return new Helm(FOLDER).lint().strict().call();
    }

    /**
     * All documents as one text.
     *
     * @param values YAML; later ones go over earlier ones
     * @throws IllegalStateException with Helm's words where it refuses
     */
    static String text(String namespace, String... values) {
        List<Path> files = Arrays.stream(values).map(Chart::valuesFile).toList();
        try {
            TemplateCommand command = new Helm(FOLDER).template().withName("sidecar-injector").withNamespace(namespace)
                    .withKubeVersion(KUBERNETES);
            files.forEach(command::withValuesFile);
            return command.call();
        } finally {
            files.forEach(file -> file.toFile().delete());
        }
    }

    /** All documents as trees. */
    static List<JsonNode> render(String namespace, String... values) {
        List<JsonNode> documents = new ArrayList<>();
        for (String document : text(namespace, values).split("(?m)^---$", -1)) {
            Object tree = YAML.unmarshal(document, new TypeReference<Object>() {
            });
            if (tree != null) {
                documents.add(JSON.valueToTree(tree));
            }
        }
        return documents;
    }

    /** The one document of a kind and name. */
    static JsonNode named(List<JsonNode> documents, String kind, String name) {
        return documents.stream().filter(document -> document.at("/kind").asString().equals(kind))
                .filter(document -> document.at("/metadata/name").asString().equals(name)).reduce((_, _) -> {
                    throw new AssertionError("twice: " + kind + " " + name);
                }).orElseThrow(() -> new AssertionError("no " + kind + " " + name));
    }

    /** A tree of YAML. */
    static JsonNode yaml(String text) {
        // A text whose first character is a brace would be read as JSON.
        return JSON.valueToTree(YAML.unmarshal("# YAML\n" + text, new TypeReference<Object>() {
        }));
    }

    static Path valuesFile(String values) {
        try {
            return Files.writeString(Files.createTempFile("values", ".yaml"), values.isBlank() ? "{}" : values);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
