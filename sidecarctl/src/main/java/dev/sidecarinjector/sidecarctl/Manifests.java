package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.InjectionException;
import dev.sidecarinjector.injection.schema.PodShape;
import dev.sidecarinjector.injection.yaml.YamlDocument;
import dev.sidecarinjector.injection.yaml.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Converts manifests, one document at a time (spec 17.3). Used by several threads at a time. */
final class Manifests {
    private static final byte[] SEPARATOR = "---\n".getBytes(StandardCharsets.UTF_8);

    private final PodInjection injection;

    Manifests(PodInjection injection) {
        this.injection = injection;
    }

    /**
     * The text that stands for a document in the output, with the separator that follows it.
     *
     * @throws dev.sidecarinjector.injection.yaml.YamlException where it is no YAML
     * @throws CommandFailure where it cannot be injected
     */
    Converted convert(YamlDocument document) {
        JsonNode root = document.read();
        if (!root.isObject() && !root.isNull()) {
            throw new CommandFailure(
                    "expected an object with a kind, found " + (root.isArray() ? "a list" : "\"" + root.asString() + "\""));
        }
        if (!(root instanceof ObjectNode object) || !isKnown(object)) {
            return new Converted(separated(document.bytes()), List.of());
        }
        List<String> warnings = new ArrayList<>();
        try {
            PodShape.coerce(object);
            inject(object, warnings);
            PodShape.printable(object);
        } catch (InjectionException e) {
            throw new CommandFailure(Workload.describe(object) + ": " + e.getMessage());
        }
        StringBuilder text = new StringBuilder(4096);
        YamlWriter.write(object, text);
        return new Converted(text.append("---\n").toString().getBytes(StandardCharsets.UTF_8), warnings);
    }

    private static boolean isKnown(ObjectNode object) {
        String kind = object.path("kind").asString("");
        return kind.equals("List") || WorkloadKind.of(kind) != null;
    }

    private void inject(ObjectNode object, List<String> warnings) {
        WorkloadKind kind = WorkloadKind.of(object.path("kind").asString(""));
        if (kind != null) {
            new Workload(kind, object).inject(injection, warnings);
        } else if (object.path("kind").asString("").equals("List") && object.get("items") instanceof ArrayNode items) {
            for (JsonNode item : items) {
                if (item instanceof ObjectNode member) {
                    inject(member, warnings);
                }
            }
        }
    }

    /** As it was, but the separator needs a line of its own. */
    private static byte[] separated(byte[] document) {
        boolean ends = document.length > 0 && document[document.length - 1] == '\n';
        int length = document.length + (ends ? 0 : 1);
        byte[] all = Arrays.copyOf(document, length + SEPARATOR.length);
        all[length - 1] = '\n';
        System.arraycopy(SEPARATOR, 0, all, length, SEPARATOR.length);
        return all;
    }
}
