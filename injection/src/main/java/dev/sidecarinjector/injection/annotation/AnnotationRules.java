package dev.sidecarinjector.injection.annotation;

import dev.sidecarinjector.injection.Warning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The rules that annotation values must keep (spec section 6), and what is suspicious about them. */
public final class AnnotationRules {
    private AnnotationRules() {}

    /** Messages of all violations, in the order of the annotation's names; empty where all is well. {@link Violations} makes one text of them. */
    public static List<String> violations(ObjectNode pod) {
        Map<String, String> messages = null;
        for (Map.Entry<String, JsonNode> entry : pod.path("metadata").path("annotations").properties()) {
            Setting setting = Settings.annotation(entry.getKey());
            if (setting == null || setting.rule() == Setting.Rule.ANY) {
                continue;
            }
            String value = entry.getValue().asString("");
            String problem = ValueRules.problem(setting, value);
            if (problem != null) {
                messages = messages == null ? new TreeMap<>() : messages;
                messages.put(setting.name(), "invalid value '" + value + "' for annotation '" + setting.name() + "': " + problem);
            }
        }
        return messages == null ? List.of() : List.copyOf(messages.values());
    }

    /** Unknown names under our prefixes with the nearest known one, settings without effect, a bad value of the switch. */
    public static List<Warning> warnings(ObjectNode pod) {
        JsonNode metadata = pod.path("metadata");
        List<Warning> warnings = null;
        boolean ours = false;
        for (Map.Entry<String, JsonNode> entry : metadata.path("annotations").properties()) {
            Setting setting = Settings.annotation(entry.getKey());
            ours |= setting != null;
            Warning warning = setting == null
                    ? Names.unknownAnnotation(entry.getKey())
                    : ValueHints.hint(setting, entry.getValue().asString(""));
            warnings = added(warnings, warning);
        }
        for (Map.Entry<String, JsonNode> entry : metadata.path("labels").properties()) {
            Setting setting = Settings.label(entry.getKey());
            Warning warning = setting == null
                    ? Names.unknownLabel(entry.getKey())
                    : ValueHints.hint(setting, entry.getValue().asString(""));
            warnings = added(warnings, warning);
        }
        if (ours) {
            for (Warning warning : Interplay.warnings(metadata)) {
                warnings = added(warnings, warning);
            }
        }
        return warnings == null ? List.of() : warnings;
    }

    private static @Nullable List<Warning> added(@Nullable List<Warning> warnings, @Nullable Warning warning) {
        if (warning == null) {
            return warnings;
        }
        List<Warning> list = warnings == null ? new ArrayList<>() : warnings;
        list.add(warning);
        return list;
    }
}
