package dev.sidecarinjector.sidecarctl;

import dev.sidecarinjector.injection.Step;
import dev.sidecarinjector.injection.Warning;
import dev.sidecarinjector.injection.explanation.Edit;
import dev.sidecarinjector.injection.explanation.Explanation;
import dev.sidecarinjector.injection.explanation.SettingInUse;
import dev.sidecarinjector.injection.registration.Check;
import dev.sidecarinjector.injection.registration.EntryTrace;
import dev.sidecarinjector.injection.transform.InjectionStatus;
import java.util.Locale;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An explanation for a program; names are those of the records behind it. */
final class ExplanationJson {
    private ExplanationJson() {}

    static ObjectNode of(ExplanationReport report) {
        Explanation explanation = report.explanation();
        ObjectNode root = JsonNodeFactory.instance.objectNode().put("place", report.place()).put("object", report.title())
                .put("namespace", report.admission().namespace()).put("verdict", lower(explanation.verdict()))
                .put("because", report.because());
        ObjectNode registration = root.putObject("registration").put("origin", report.origins().registrations())
                .put("namespaceLabels", report.origins().namespaceLabels()).put("asked", lower(explanation.asked()));
        ArrayNode entries = registration.putArray("entries");
        for (EntryTrace entry : explanation.entries()) {
            ArrayNode checks = entries.addObject().put("configuration", entry.configuration()).put("name", entry.name())
                    .put("matches", lower(entry.truth())).putArray("checks");
            for (Check check : entry.checks()) {
                checks.addObject().put("name", check.name()).put("holds", lower(check.truth())).put("detail", check.detail());
            }
        }
        decision(root, report);
        for (SettingInUse setting : explanation.settings()) {
            root.withArray("settings").addObject().put("name", setting.setting().name()).put("kind", lower(setting.setting().kind()))
                    .put("value", setting.value()).put("origin", setting.origin());
        }
        ArrayNode flips = root.putArray("flips");
        for (Explanation.Flip flip : explanation.flips()) {
            ArrayNode edits = flips.addArray();
            flip.edits().stream().map(Edit::sentence).forEach(edits::add);
        }
        InjectionStatus status = explanation.status();
        if (status != null) {
            ObjectNode before = root.putObject("status").put("revision", status.revision());
            status.initContainers().forEach(before.putArray("initContainers")::add);
            status.containers().forEach(before.putArray("containers")::add);
        }
        return root;
    }

    private static void decision(ObjectNode root, ExplanationReport report) {
        Explanation explanation = report.explanation();
        ObjectNode decision = root.putObject("decision").put("reason", explanation.injection().decision().reason().label());
        if (explanation.injection().error() != null) {
            decision.put("error", explanation.injection().error());
        }
        ArrayNode steps = decision.putArray("steps");
        for (Step step : explanation.injection().decision().steps()) {
            steps.addObject().put("rule", step.rule()).put("observed", step.observed()).put("verdict", lower(step.verdict()))
                    .put("origin", step.origin());
        }
        explanation.templates().forEach(root.putArray("templates")::add);
        report.proxyConfigs().stream().map(ExplanationReport::name).forEach(root.putArray("proxyConfigs")::add);
        ArrayNode warnings = root.putArray("warnings");
        for (Warning warning : explanation.injection().warnings()) {
            warnings.add(warning.line());
        }
    }

    private static String lower(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT);
    }
}
