package dev.sidecarinjector.webhook.registration;

import dev.sidecarinjector.injection.yaml.YamlDocument;
import dev.sidecarinjector.injection.yaml.YamlDocuments;
import dev.sidecarinjector.injection.yaml.YamlException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The folder of {@code --registration-dir}: files that end in .yaml or .yml, each with one document or more. */
final class RegistrationFiles {
    private final Path folder;
    private final String revision;
    private final String namespace;
    private final Map<String, String> labels;

    RegistrationFiles(Path folder, String revision, String namespace, Map<String, String> labels) {
        this.folder = folder;
        this.revision = revision;
        this.namespace = namespace;
        this.labels = labels;
    }

    /**
     * All that are wanted.
     *
     * @throws RegistrationException where one of them cannot be used; then none is
     */
    List<WantedRegistration> read() {
        List<WantedRegistration> all = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(one -> one.getFileName().toString().matches("[^.].*\\.ya?ml")).sorted().toList()) {
                read(file, all);
            }
        } catch (IOException e) {
            throw new RegistrationException(folder + ": cannot be read (" + e + "); --registration-dir needs a folder with YAML files");
        }
        for (WantedRegistration one : all) {
            String fault = one.fault(revision, namespace, labels);
            if (fault != null) {
                throw new RegistrationException(one.file() + ", " + (one.name().isEmpty() ? "a document" : one.name()) + ": " + fault);
            }
            if (all.stream().filter(other -> other.name().equals(one.name())).count() > 1) {
                throw new RegistrationException(one.file() + ", " + one.name() + ": there are two of this name; delete one");
            }
        }
        return List.copyOf(all);
    }

    private static void read(Path file, List<WantedRegistration> all) throws IOException {
        try {
            YamlDocuments documents = new YamlDocuments(new ByteArrayInputStream(Files.readAllBytes(file)));
            for (YamlDocument document = documents.next(); document != null; document = documents.next()) {
                JsonNode tree = document.read();
                if (tree instanceof ObjectNode object) {
                    all.add(new WantedRegistration(file.toString(), object.path("metadata").path("name").asString(""), object));
                } else if (!tree.isNull() && !tree.isMissingNode()) {
                    throw new RegistrationException(file + ": line " + document.firstLine() + ": not an object");
                }
            }
        } catch (YamlException e) {
            throw new RegistrationException(file + ": " + e.getMessage());
        }
    }
}
