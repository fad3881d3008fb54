package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.InjectionException;
import dev.sidecarinjector.injection.schema.PodShape;
import dev.sidecarinjector.injection.yaml.YamlDocument;
import dev.sidecarinjector.injection.yaml.YamlDocuments;
import dev.sidecarinjector.injection.yaml.YamlException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The objects of some inputs, with those in lists taken out of them. */
final class ManifestObjects {
    private ManifestObjects() {}

    /** An object and where it stands: {@code file.yaml:12}. */
    record Found(String place, ObjectNode object) {
        /** @throws CommandFailure with the place, where the object is not what its kind says */
        Workload workload(WorkloadKind kind) {
            try {
                PodShape.coerce(object);
                return new Workload(kind, object);
            } catch (InjectionException | CommandFailure e) {
                throw new CommandFailure(place + ": " + Workload.describe(object) + ": " + e.getMessage());
            }
        }
    }

    static List<Found> of(List<Input> inputs) {
        List<Found> all = new ArrayList<>();
        for (Input input : inputs) {
            try (InputStream in = input.open()) {
                YamlDocuments documents = new YamlDocuments(in);
                for (YamlDocument document = documents.next(); document != null; document = documents.next()) {
                    collect(input.name() + ":" + document.firstLine(), document.read(), all);
                }
            } catch (IOException e) {
                throw new CommandFailure("read " + input.name() + ": " + Input.reason(e));
            } catch (YamlException e) {
                throw new CommandFailure(input.name() + ":" + e.line() + ":" + e.column() + ": " + e.getMessage());
            }
        }
        return all;
    }

    private static void collect(String place, JsonNode node, List<Found> all) {
        if (!(node instanceof ObjectNode object)) {
            return;
        }
        // Also DeploymentList and its kin, which the API server answers with.
        if (object.path("kind").asString("").endsWith("List") && object.path("items").isArray()) {
            object.path("items").forEach(item -> collect(place, item, all));
        } else {
            all.add(new Found(place, object));
        }
    }
}
