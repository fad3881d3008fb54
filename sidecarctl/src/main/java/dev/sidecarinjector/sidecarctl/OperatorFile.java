package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.yaml.YamlException;
import dev.sidecarinjector.injection.yaml.YamlReader;
import dev.sidecarinjector.injection.yaml.YamlWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An IstioOperator resource: its values and mesh configuration laid over those of a profile. */
final class OperatorFile {
    private final String name;
    private final JsonNode spec;

    OperatorFile(String name, String text) {
        this.name = name;
        try {
            spec = YamlReader.read(text).path("spec");
        } catch (YamlException e) {
            throw new CommandFailure(name + ":" + e.line() + ":" + e.column() + ": " + e.getMessage());
        }
        if (!spec.isObject()) {
            throw new CommandFailure(name + ": expected an IstioOperator resource with a spec");
        }
    }

    /** Values for templates that bring none of their own: the few that the default profile sets. */
    String valuesOverProfile() {
        ObjectNode profile = JsonNodeFactory.instance.objectNode();
        profile.put("defaultRevision", "");
        profile.putObject("global").put("istioNamespace", "istio-system").put("configValidation", true);
        return values(profile);
    }

    /** Values for the shipped templates, which need all of theirs. */
    String valuesOver(String values) {
        return values((ObjectNode) YamlReader.read(values));
    }

    private String values(ObjectNode base) {
        JsonNode own = spec.path("values");
        if (own instanceof ObjectNode object) {
            overlay(base, object);
        } else if (!own.isMissingNode() && !own.isNull()) {
            throw new CommandFailure(name + ": expected a map at spec.values");
        }
        return base.toString();
    }

    /** Null where the resource says nothing about the mesh. */
    @Nullable
    String mesh() {
        JsonNode mesh = spec.path("meshConfig");
        return mesh.isObject() ? YamlWriter.toString(mesh) : null;
    }

    private static void overlay(ObjectNode base, ObjectNode over) {
        for (Map.Entry<String, JsonNode> field : over.properties()) {
            if (field.getValue() instanceof ObjectNode object && base.get(field.getKey()) instanceof ObjectNode below) {
                overlay(below, object);
            } else {
                base.set(field.getKey(), field.getValue());
            }
        }
    }
}
