package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.config.Configuration;
import dev.sidecarinjector.injection.config.ConfigurationException;
import dev.sidecarinjector.injection.registration.Registration;
import dev.sidecarinjector.injection.registration.StandardRegistration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What the API server would consult about a pod: registrations and the namespace's labels, from arguments, files, or the cluster. */
final class Surroundings {
    private static final String REGISTRATIONS = "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations";
    private static final String KIND = "MutatingWebhookConfiguration";

    private final Inspection inspection;
    private final Environment environment;
    private final ConfigurationSources sources;
    private final List<ManifestObjects.Found> objects;
    private final Map<String, Map<String, String>> labels = new HashMap<>();
    private final List<String> unknown = new ArrayList<>();
    private String registered = "";
    private String labelled = "";

    Surroundings(Inspection inspection, Environment environment, ConfigurationSources sources, List<ManifestObjects.Found> objects) {
        this.inspection = inspection;
        this.environment = environment;
        this.sources = sources;
        this.objects = objects;
    }

    /** Where registrations and labels come from, for a person. */
    record Origins(String registrations, String namespaceLabels) {}

    Origins origins() {
        return new Origins(registered, labelled);
    }

    /** The namespace that an object is, or would be, in. */
    String namespace(ObjectNode object) {
        String own = object.path("metadata").path("namespace").asString("");
        String given = inspection.given(InspectionFlag.NAMESPACE);
        if (!own.isEmpty()) {
            return own;
        }
        if (given != null) {
            return given;
        }
        Cluster cluster = sources.cluster();
        return cluster == null ? "default" : cluster.namespace();
    }

    List<Registration> registrations(Configuration configuration) {
        String file = inspection.given(InspectionFlag.REGISTRATION);
        List<Registration> found = new ArrayList<>();
        try {
            if (file != null) {
                registered = "file " + file;
                for (ManifestObjects.Found each : ManifestObjects.of(Input.all(List.of(file), System.in, environment))) {
                    add(each.object(), found);
                }
                if (found.isEmpty()) {
                    throw new CommandFailure(file + ": there is no " + KIND + " with an entry of an injector in it");
                }
                return found;
            }
            Cluster cluster = sources.cluster();
            ObjectNode list = cluster == null ? null : cluster.readableObject(REGISTRATIONS);
            if (list != null) {
                registered = "cluster";
                list.path("items").forEach(item -> add(item, found));
                return found;
            }
        } catch (ConfigurationException e) {
            throw new CommandFailure(registered + ": " + e.getMessage());
        }
        registered = "what an installation makes";
        boolean byDefault = configuration.values().flag(false, "sidecarInjectorWebhook", "enableNamespacesByDefault");
        return List.of(StandardRegistration.of(inspection.arguments().revision(), byDefault));
    }

    private static void add(JsonNode object, List<Registration> found) {
        // Items of a list that the API server answers with have no kind.
        if (object.path("kind").asString(KIND).equals(KIND)) {
            Registration registration = Registration.of(object);
            if (!registration.entries().isEmpty()) {
                found.add(registration);
            }
        }
    }

    /** Null where they cannot be known. */
    @Nullable
    Map<String, String> labels(String namespace) {
        if (!labels.containsKey(namespace) && !unknown.contains(namespace)) {
            Map<String, String> read = read(namespace);
            if (read == null) {
                unknown.add(namespace);
            } else {
                labels.put(namespace, read);
            }
        }
        return labels.get(namespace);
    }

    private @Nullable Map<String, String> read(String namespace) {
        String given = inspection.own().get(InspectionFlag.NAMESPACE_LABELS);
        if (given != null) {
            labelled = InspectionFlag.NAMESPACE_LABELS.longName();
            return parse(given);
        }
        for (ManifestObjects.Found each : objects) {
            if (each.object().path("kind").asString("").equals("Namespace")
                    && each.object().path("metadata").path("name").asString("").equals(namespace)) {
                labelled = each.place();
                return labelsOf(each.object());
            }
        }
        Cluster cluster = sources.cluster();
        ObjectNode found = cluster == null ? null : cluster.readableObject("/api/v1/namespaces/" + namespace);
        labelled = found == null ? "not known; give them with " + InspectionFlag.NAMESPACE_LABELS.longName() : "cluster";
        return found == null ? null : labelsOf(found);
    }

    private static Map<String, String> labelsOf(JsonNode namespace) {
        Map<String, String> all = new HashMap<>();
        namespace.path("metadata").path("labels").properties().forEach(label -> all.put(label.getKey(), label.getValue().asString("")));
        return all;
    }

    private static Map<String, String> parse(String text) {
        Map<String, String> all = new HashMap<>();
        for (String part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                all.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
            } else if (!part.isBlank()) {
                throw new CommandFailure(ExitStatus.USAGE, "\"" + part + "\" in " + InspectionFlag.NAMESPACE_LABELS.longName()
                        + " is no label; write NAME=VALUE, with commas between them, or an empty text for none");
            }
        }
        return all;
    }
}
